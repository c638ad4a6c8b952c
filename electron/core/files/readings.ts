import type { ElementOpener } from './element.ts'
import type { CodeLexer } from './lex-code.ts'
import type { Naming } from './name-block.ts'
import type { Fence } from './scan-lines.ts'

/** What an answer is inside of, after some of its lines. `at` is the index of the line that opened it. */
export type Inside =
  | FenceOpener
  | { readonly kind: 'element'; readonly at: number; readonly element: ElementOpener }
  | { readonly kind: 'edit' | 'diff'; readonly at: number }
  | { readonly kind: 'thinking'; readonly at: number; readonly closing: RegExp }

/** A fence that opened a block. */
export type FenceOpener = {
  readonly kind: 'fence'
  readonly at: number
  readonly fence: Fence
  readonly naming: Naming
  /** Whether fences may stand inside it; to be asked once its first lines are there. */
  readonly isMarkdown: () => boolean
  /** Reads the block's code up to some line; null where nothing is known of its language. */
  readonly lexer: { readonly code: CodeLexer; next: number } | null
}

/** A block of one reading: the lines from `from` up to and without `to`; `since` is where the text above it begins. */
export type RawBlock = {
  readonly inside: Exclude<Inside, { kind: 'thinking' }>
  readonly from: number
  readonly to: number
  readonly closed: boolean
  readonly since: number
}

/** One way to read an answer so far. The cheapest one at the end is the one that counts. */
export type Reading = {
  readonly cost: number
  readonly inside: Inside | null
  /** Fences that are open inside the block, outermost first. */
  readonly inner: readonly Fence[]
  /** The text of the block's code that the last of its fences was taken for a part of; null where it was not. */
  readonly inText: number | null
  /** Index of the first line behind the last block. */
  readonly since: number
  readonly blocks: Chain | null
  /** What the last line did that the next one speaks for or against. */
  readonly last: 'opened' | 'nested' | 'closed' | null
  readonly hasThought: boolean
  /** Lines that are thinking. */
  readonly thoughts: Thought | null
}
type Thought = { readonly from: number; readonly to: number; readonly before: Thought | null }
/** Blocks of a reading, the last one first; readings share what they have in common. */
export type Chain = { readonly block: RawBlock; readonly before: Chain | null }

/** A reading before the first line. */
export const firstReading: Reading = {
  cost: 0,
  inside: null,
  inner: [],
  inText: null,
  since: 0,
  blocks: null,
  last: null,
  hasThought: false,
  thoughts: null,
}

/** The reading inside of what begins. */
export const enter = (reading: Reading, inside: Inside): Reading => ({
  ...reading,
  inside,
  inner: [],
  inText: null,
  last: null,
})

/** The reading behind a block that ends in front of line `to`; the text behind it begins at `since`. */
export function close(
  reading: Reading,
  inside: RawBlock['inside'],
  to: number,
  since: number,
  closed: boolean,
): Reading {
  const from = inside.kind === 'fence' ? inside.at + 1 : inside.at
  const block: RawBlock = { inside, from, to, closed, since: reading.since }
  return {
    ...reading,
    inside: null,
    inner: [],
    inText: null,
    since,
    blocks: { block, before: reading.blocks },
    last: null,
  }
}

/** How unlikely each step is. Only their differences matter: a step of 5 is as odd as two of 2.5. */
export const costs = {
  bareOpener: 2,
  bareOpenerBelowColon: 1,
  strayFence: 4,
  nestedInMarkdown: 0.5,
  nestedBareInMarkdown: 2,
  nested: 4,
  nestedDeeper: 2,
  nestedBare: 6,
  nestedInOpenText: 1,
  closedInOpenText: 5,
  cutInOpenText: 3,
  closedBelowColon: 3,
  fenceAsContent: 3,
  fenceAsContentInMarkdown: 6,
  fenceThatNamesAsContent: 4,
  innerNeverClosed: 8,
  closedByNext: 7,
  closedByNextNamed: 5,
  closedByNextAlike: 3.5,
  blankBehindOpener: 1,
  blankBehindNested: 2.5,
  textBehindClosed: 2.5,
  unclosed: 4,
  unclosedInner: 2,
  emptyAtEnd: 1,
  tagAsText: 6,
  strayTag: 3,
  innerTag: 2,
  openTagAsContent: 3,
  noFileInElement: 20,
  thoughtInText: 0,
  thoughtInBlock: 3,
  thoughtAsText: 6,
  thoughtNeverEnds: 3,
} as const

// Readings that are further behind the best one do not come back.
const margin = 10
const mostReadings = 8

/** Keeps the best of the readings, one for each state: of two that stand at the same point the cheaper one is better. */
export function keepBest(readings: readonly Reading[]): Reading[] {
  const [first] = readings
  if (readings.length === 1 && first) return [first]
  const best: Reading[] = []
  for (const reading of readings) {
    const at = best.findIndex((other) => isSameState(reading, other))
    if (at < 0) best.push(reading)
    else if (reading.cost < best[at]!.cost) best[at] = reading
  }
  best.sort((one, other) => one.cost - other.cost)
  const limit = best[0]!.cost + margin
  return best.slice(0, mostReadings).filter(({ cost }) => cost <= limit)
}

function isSameState(one: Reading, other: Reading): boolean {
  const { inside, inner } = one
  const isSame =
    inside === other.inside || (inside?.at === other.inside?.at && inside?.kind === other.inside?.kind)
  return (
    isSame &&
    inner.length === other.inner.length &&
    inner.every((fence, index) => fence.length === other.inner[index]!.length)
  )
}

/** The blocks of a reading in their order. */
export function blocksOf({ blocks }: Reading): RawBlock[] {
  const list: RawBlock[] = []
  for (let chain = blocks; chain; chain = chain.before) list.push(chain.block)
  return list.toReversed()
}
