import type { LeftOut } from '../../../shared/code.ts'
import { counted } from '../../../shared/counted.ts'

/** The files that fit into so many tokens together, taken in their order; each that does not is left out with the figures. */
export function fitCode<T extends { readonly path: string; readonly tokens: number }>(
  ranked: readonly T[],
  budget: number | null,
): { taken: T[]; leftOut: LeftOut[] } {
  let left = budget ?? Infinity
  const taken: T[] = []
  const leftOut: LeftOut[] = []
  for (const file of ranked) {
    if (file.tokens <= left) {
      taken.push(file)
      left -= file.tokens
    } else
      leftOut.push({
        path: file.path,
        reason: `no room: ${counted(file.tokens, 'token')}, ${count(left)} left`,
      })
  }
  return { taken, leftOut }
}

// Made once, as there may be thousands of lines; and not at the start, which it would hold up by several milliseconds.
let format: Intl.NumberFormat | undefined
const count = (tokens: number) => (format ??= new Intl.NumberFormat('en-US')).format(tokens)
