import { costs, type FenceOpener, type RawBlock, type Reading } from './readings.ts'
import type { Fence } from './scan-lines.ts'

/** What the steps at a fence need to know of the answer. */
export type Surroundings = {
  /** Index of the line. */
  readonly at: number
  readonly fence: Fence
  /** Whether the line above it ends in a colon: what follows is shown, so the fence opens. */
  readonly belowColon: boolean
  /** What the fence would open, with `since` as the first line that may name it. */
  readonly open: (since: number) => FenceOpener
  /** Whether the code of a block is in the midst of a text that runs over lines. */
  readonly isInText: (opener: FenceOpener) => boolean
}

/** Every way to go on from a reading that is outside of all blocks, at a fence. */
export function stepOutside(reading: Reading, { at, fence, belowColon, open }: Surroundings): Reading[] {
  const inside = open(reading.since)
  const bare = belowColon || inside.naming.path !== null ? costs.bareOpenerBelowColon : costs.bareOpener
  const cost = fence.info === '' ? bare : 0
  const opened: Reading = { ...reading, cost: reading.cost + cost, inside, inner: [], last: 'opened' }
  if (fence.info !== '') return [opened]
  return [opened, { ...reading, cost: reading.cost + costs.strayFence, since: at + 1 }]
}

/** Every way to go on from a reading that is inside a fenced block, at another fence. */
export function stepInside(reading: Reading, opener: FenceOpener, around: Surroundings): Reading[] {
  const { fence } = around
  const length = (reading.inner.at(-1) ?? opener.fence).length
  const isOfBlock = fence.mark === opener.fence.mark && fence.length >= opener.fence.length
  if (!isOfBlock || fence.indent > opener.fence.indent + 3) return [reading]
  // Lines of a diff begin with a sign or a blank.
  if (opener.naming.language === 'diff' && fence.indent > opener.fence.indent) return [reading]
  if (fence.info === '') {
    if (fence.length < length) return [reading]
    return reading.inner.length > 0
      ? closeInner(reading, opener, around)
      : closeOrNest(reading, opener, around)
  }
  return nestOrBegin(reading, opener, around)
}

function closeInner(reading: Reading, opener: FenceOpener, { at, belowColon }: Surroundings): Reading[] {
  const cost = reading.cost + (belowColon ? costs.closedBelowColon : 0)
  const closed: Reading = { ...reading, cost, inner: reading.inner.slice(0, -1), last: null }
  return [closed, close({ ...reading, cost: cost + costs.innerNeverClosed }, opener, at, true)]
}

function closeOrNest(reading: Reading, opener: FenceOpener, around: Surroundings): Reading[] {
  const { at, fence, belowColon } = around
  const inText = around.isInText(opener)
  const isShown = belowColon && isProse(opener)
  const closing = (inText ? costs.closedInOpenText : 0) + (isShown ? costs.closedBelowColon : 0)
  const nesting = inText
    ? costs.nestedInOpenText
    : opener.isMarkdown()
      ? costs.nestedBareInMarkdown
      : isProse(opener)
        ? costs.nested
        : costs.nestedBare
  return [
    close({ ...reading, cost: reading.cost + closing }, opener, at, true),
    { ...reading, cost: reading.cost + nesting, inner: [fence], last: 'nested' },
  ]
}

function nestOrBegin(reading: Reading, opener: FenceOpener, around: Surroundings): Reading[] {
  const { fence, at } = around
  const begun = around.open(opener.at + 1)
  const isNamed = begun.naming.path !== null
  const inText = !opener.isMarkdown() && around.isInText(opener)
  const depth = reading.inner.length
  const nested = depth < deepest ? [fence] : []
  const nesting = inText
    ? costs.nestedInOpenText
    : opener.isMarkdown()
      ? costs.nestedInMarkdown
      : costs.nested
  const asContent =
    (opener.isMarkdown() ? costs.fenceAsContentInMarkdown : costs.fenceAsContent) +
    (isNamed ? costs.fenceThatNamesAsContent : 0)
  const isAlike = isNamed && begun.naming.style !== null && begun.naming.style === opener.naming.style
  const asNext =
    (isAlike ? costs.closedByNextAlike : isNamed ? costs.closedByNextNamed : costs.closedByNext) +
    depth * costs.unclosedInner
  // What names the next block belongs to it.
  const end = Math.max(opener.at + 1, at - (begun.naming.linesAbove ?? 0))
  const ended = close({ ...reading, cost: reading.cost + asNext }, opener, end, false)
  return [
    ...nested.map((one): Reading => {
      const cost = reading.cost + nesting + depth * costs.nestedDeeper
      return { ...reading, cost, inner: [...reading.inner, one], last: null }
    }),
    { ...reading, cost: reading.cost + asContent, last: null },
    { ...ended, inside: begun, inner: [], since: end, last: 'opened' },
  ]
}

/** Fences in fences in a block: further ones open nothing. */
const deepest = 4

const isProse = ({ isMarkdown, naming: { language } }: FenceOpener): boolean =>
  isMarkdown() || language === null || language === 'text'

function close(reading: Reading, inside: FenceOpener, to: number, closed: boolean): Reading {
  const block: RawBlock = { inside, from: inside.at + 1, to, closed, since: reading.since }
  return {
    ...reading,
    inside: null,
    inner: [],
    since: to + 1,
    blocks: { block, before: reading.blocks },
    last: 'closed',
  }
}
