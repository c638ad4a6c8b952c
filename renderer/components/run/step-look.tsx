import {
  Ban,
  Circle,
  CircleCheck,
  CircleX,
  Clock,
  Hand,
  LoaderCircle,
  RefreshCw,
  TriangleAlert,
  type LucideIcon,
} from 'lucide-react'
import type { StepData, StepState } from './step-data.ts'

/** Drawing, colour and frame of a step's state; its word stands beside the drawing or is its name. */
type StepLook = {
  readonly icon: LucideIcon
  readonly colour: string
  readonly frame: string
  readonly turns?: boolean
}

const dashed = 'border-dashed border-line bg-surface-2'
const plain = 'border-line bg-surface-2'

/** How each state of a step looks. */
export const stepLooks: Readonly<Record<StepState, StepLook>> = {
  pending: { icon: Circle, colour: 'text-idle', frame: dashed },
  queued: { icon: Clock, colour: 'text-waiting', frame: dashed },
  running: {
    icon: LoaderCircle,
    colour: 'text-working',
    frame: 'border-accent-line bg-accent-soft',
    turns: true,
  },
  gated: { icon: Hand, colour: 'text-waiting', frame: 'border-waiting/60 bg-waiting-soft' },
  completed: { icon: CircleCheck, colour: 'text-completed', frame: plain },
  stale: { icon: RefreshCw, colour: 'text-stale', frame: plain },
  failed: { icon: TriangleAlert, colour: 'text-error', frame: 'border-error/60 bg-error-soft' },
  refused: { icon: CircleX, colour: 'text-waiting', frame: 'border-waiting/60 bg-waiting-soft' },
  blocked: { icon: Ban, colour: 'text-fg-3', frame: dashed },
}

/** The drawing of a step's state. */
export function StepGlyph({ state, size = 16 }: { readonly state: StepState; readonly size?: 12 | 16 }) {
  const { icon: Drawing, colour, turns } = stepLooks[state]
  return (
    <Drawing
      aria-hidden
      size={size}
      strokeWidth={size === 16 ? 1.75 : 2}
      className={`flex-none ${colour} ${turns ? 'spin' : ''}`}
    />
  )
}

/** What stands in the second line of a step, without its time. */
export const stepLine = ({ name, facts }: StepData): string => [name, ...facts].join(' · ')

/** Whether a step has a time to show: one that has not begun, or waits, has none. */
export const hasTime = ({ from, state }: StepData): boolean =>
  from !== null && state !== 'queued' && state !== 'pending'
