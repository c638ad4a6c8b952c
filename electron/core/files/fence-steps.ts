import { close, costs, enter, type FenceOpener, type Reading } from './readings.ts'
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
  /** The text that runs over lines and that the code of a block is in the midst of, by its number; null for none. */
  readonly openText: (opener: FenceOpener) => number | null
}

/** Every way to go on from a reading that is outside of all blocks, at a fence. */
export function stepOutside(reading: Reading, { at, fence, belowColon, open }: Surroundings): Reading[] {
  const inside = open(reading.since)
  const bare = belowColon || inside.naming.path !== null ? costs.bareOpenerBelowColon : costs.bareOpener
  const cost = fence.info === '' ? bare : 0
  const opened: Reading = { ...enter(reading, inside), cost: reading.cost + cost, last: 'opened' }
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

function closeInner(reading: Reading, opener: FenceOpener, around: Surroundings): Reading[] {
  const { at, belowColon } = around
  const cost = reading.cost + (belowColon ? costs.closedBelowColon : 0)
  const closed: Reading = { ...reading, cost, inner: reading.inner.slice(0, -1), last: null }
  const never = costs.innerNeverClosed + ofOpenText(reading, opener, around)
  return [closed, closeAt({ ...reading, cost: cost + never }, opener, at)]
}

function closeOrNest(reading: Reading, opener: FenceOpener, around: Surroundings): Reading[] {
  const { at, fence, belowColon } = around
  const text = around.openText(opener)
  const inText = text !== null
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
    closeAt({ ...reading, cost: reading.cost + closing }, opener, at),
    { ...reading, cost: reading.cost + nesting, inner: [fence], inText: text, last: 'nested' },
  ]
}

function nestOrBegin(reading: Reading, opener: FenceOpener, around: Surroundings): Reading[] {
  const { fence, at } = around
  const begun = around.open(opener.at + 1)
  const isNamed = begun.naming.path !== null
  const text = opener.isMarkdown() ? null : around.openText(opener)
  const depth = reading.inner.length
  const nested = depth < deepest ? [fence] : []
  const nesting =
    text !== null ? costs.nestedInOpenText : opener.isMarkdown() ? costs.nestedInMarkdown : costs.nested
  const asContent =
    (opener.isMarkdown() ? costs.fenceAsContentInMarkdown : costs.fenceAsContent) +
    (isNamed ? costs.fenceThatNamesAsContent : 0)
  const isAlike = isNamed && begun.naming.style !== null && begun.naming.style === opener.naming.style
  const asNext =
    (isAlike ? costs.closedByNextAlike : isNamed ? costs.closedByNextNamed : costs.closedByNext) +
    depth * costs.unclosedInner +
    ofOpenText(reading, opener, around)
  // What names the next block belongs to it.
  const end = Math.max(opener.at + 1, at - (begun.naming.linesAbove ?? 0))
  const ended = close({ ...reading, cost: reading.cost + asNext }, opener, end, end, false)
  return [
    ...nested.map((one): Reading => {
      const cost = reading.cost + nesting + depth * costs.nestedDeeper
      return { ...reading, cost, inner: [...reading.inner, one], inText: text, last: null }
    }),
    { ...reading, cost: reading.cost + asContent, last: null },
    { ...enter(ended, begun), last: 'opened' },
  ]
}

/** What a block's end costs where its fences were taken for a part of a text that is open still. */
const ofOpenText = ({ inText }: Reading, opener: FenceOpener, { openText }: Surroundings): number =>
  inText !== null && openText(opener) === inText ? costs.closedInOpenText : 0

/** Fences in fences in a block: further ones open nothing. */
const deepest = 4

const isProse = ({ isMarkdown, naming: { language } }: FenceOpener): boolean =>
  isMarkdown() || language === null || language === 'text'

const closeAt = (reading: Reading, opener: FenceOpener, at: number): Reading => ({
  ...close(reading, opener, at, at + 1, true),
  last: 'closed',
})
