/** Where a window onto growing lines stands: at their end, or at a line where a person stopped it. */
export type Follow = {
  /** The first line that is shown; null while the end is followed. */
  readonly top: number | null
  /** How many lines there were when the following stopped. */
  readonly seen: number
}

/** At the end, wherever that is. */
export const following: Follow = { top: null, seen: 0 }

/** The first of so many shown lines. */
export const firstLine = ({ top }: Follow, count: number, rows: number): number =>
  Math.max(0, top === null ? count - rows : Math.min(top, count - rows))

/** Moves the window by lines: upwards it stops, and at the end it follows again. */
export function scrollBy(follow: Follow, by: number, count: number, rows: number): Follow {
  const end = Math.max(0, count - rows)
  const top = Math.max(0, firstLine(follow, count, rows) + by)
  if (top >= end) return following
  return { top, seen: follow.top === null ? count : follow.seen }
}

/** Holds the window where it is, such as while a person selects. */
export const hold = (follow: Follow, count: number, rows: number): Follow =>
  follow.top === null ? { top: Math.max(0, count - rows), seen: count } : follow

/** Lines that came since the following stopped. */
export const newLines = ({ top, seen }: Follow, count: number): number => (top === null ? 0 : count - seen)
