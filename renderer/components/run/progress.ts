import type { Tone } from './card.ts'

/** How one step stands in the bar: `none` has not begun, `off` cannot. */
export type StepTone = Exclude<Tone, 'quiet'> | 'none' | 'off'
