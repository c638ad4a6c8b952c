import { isBareFile } from './bare-file.ts'
import type { Block } from './block.ts'
import { refuse, settleAll, toFile, type Extraction, type UnplacedBlock } from './extraction.ts'
import { contradictsLanguage, fitsLanguage, isMarkdown } from './file-kinds.ts'
import { createGatherer, type Known } from './gather-blocks.ts'
import { isTailOf } from './name-block.ts'
import { findInPlan } from './plan-witness.ts'
import { AnswerReader } from './read-answer.ts'
import { createLineSplitter } from './scan-lines.ts'
import type { KnownContent } from './unpack.ts'

/** Extracts the files of an answer while it arrives. Cut in any pieces it gives the same, in linear time. */
export function createExtractor(known: Known = {}): { feed(text: string): void; end(): Extraction } {
  const gatherer = createGatherer(known)
  return {
    feed: (text) => gatherer.feed(text),
    end() {
      const { blocks, warnings } = gatherer.end()
      const placed = place(blocks, known)
      return { ...placed, warnings: [...warnings, ...placed.warnings] }
    },
  }
}

/** All files of an answer. The same path twice is one file if the contents are the same, else mostly a conflict. */
export function extract(text: string, known: Known = {}): Extraction {
  const extractor = createExtractor(known)
  extractor.feed(text)
  return extractor.end()
}

/**
 * The one file that a call was made for. The plan's path is given only to a single block without a name; a block
 * that names another path is a conflict, and blocks beside the file are unplaced.
 */
export function extractOne(text: string, path: string, known: Omit<Known, 'plan'> = {}): Extraction {
  const gatherer = createGatherer(known)
  gatherer.feed(text)
  const { blocks, warnings, text: answer } = gatherer.end()
  const bare = blocks.length === 0 || mayBePage(blocks, path) ? bareBlock(answer()) : null
  const asked = bare && isBareFile(bare.content, path) ? [bare] : blocks
  const placed = placeOne(asked, path, known.before ?? (() => null))
  return { ...placed, warnings: [...warnings, ...placed.warnings] }
}

/** Whether blocks may be parts of one Markdown page, which is asked for and stands in the answer as it is. */
const mayBePage = (blocks: readonly Block[], path: string): boolean =>
  isMarkdown(null, path) &&
  blocks.every((block) => block.closed && !isMarkdown(block.language, block.path)) &&
  // A page may name a file or two that it shows.
  blocks.filter((block) => block.path !== null).length * 2 < blocks.length

/** All of an answer, as if it stood in a fence. */
function bareBlock(answer: string): Block {
  const lead = /^(?:[ \t]*\r?\n)*/.exec(answer)![0]
  const content = `${answer.slice(lead.length).trimEnd()}\n`
  const line = lead.split('\n').length
  const none = { path: null, how: null, reason: null, candidates: [], language: null, above: [] }
  return { ...none, content, line, end: line + content.split('\n').length - 1, closed: true }
}

function placeOne(blocks: readonly Block[], path: string, before: KnownContent): Extraction {
  const exact = blocks.filter((block) => block.path === path)
  const named =
    exact.length > 0 ? exact : blocks.filter((block) => block.path !== null && isTailOf(block.path, path))
  if (named.length > 0) {
    const isNamed = new Set(named)
    const others = blocks.filter((block) => !isNamed.has(block))
    const settled = settleAll(new Map([[path, named]]), before)
    return { ...settled, unplaced: others.map((block) => refuse(block, beside(block, path))) }
  }
  const only = blocks.length === 1 ? blocks[0] : onlyOfItsKind(blocks, path)
  if (only) {
    const others = blocks.filter((block) => block !== only)
    const placed = placeSingle(only, path, before)
    return {
      ...placed,
      unplaced: [...placed.unplaced, ...others.map((block) => refuse(block, beside(block, path)))],
    }
  }
  const unplaced = blocks.map((other) => refuse(other, `None of the ${blocks.length} blocks names ${path}.`))
  return { ...nothing, unplaced }
}

/**
 * The text of an answer that is a document as a whole: without thinking, without outer blank lines, and without the
 * fence where a single one holds all of it.
 */
export function wholeDocument(text: string): string {
  const reader = new AnswerReader()
  const splitter = createLineSplitter((line) => reader.read(line))
  splitter.feed(text)
  splitter.end()
  const [block, ...more] = reader.end()
  const lines = reader.document()
  const first = lines.findIndex(({ line }) => line.trim() !== '')
  const last = lines.findLastIndex(({ line }) => line.trim() !== '')
  const isAllBlock =
    block?.inside.kind === 'fence' &&
    more.length === 0 &&
    block.inside.at === lines[first]?.at &&
    (!block.closed || block.to === lines[last]?.at)
  if (isAllBlock) return reader.lines.slice(block.from, block.to).join('')
  return lines
    .slice(Math.max(first, 0), last + 1)
    .map(({ line }) => line)
    .join('')
}

function place(blocks: readonly Block[], { plan = [], before = () => null }: Known): Extraction {
  const byPath = new Map<string, Block[]>()
  const unplaced: UnplacedBlock[] = []
  const named = blocks.filter(({ path }) => path !== null)
  const claimed = new Set(named.map((block) => findInPlan(block, plan, new Set()) ?? block.path!))
  for (const block of blocks) {
    const path = findInPlan(block, plan, claimed) ?? block.path
    if (path === null) unplaced.push(refuse(block, 'No name of a file stands at this block.'))
    else if (!byPath.get(path)?.push(block)) byPath.set(path, [block])
  }
  return { ...settleAll(byPath, before), unplaced }
}

const nothing: Extraction = { files: [], unplaced: [], conflicts: [], warnings: [] }

/** Of several blocks without a name the one that is in the file's language, where no other could be. */
function onlyOfItsKind(blocks: readonly Block[], path: string): Block | undefined {
  const fitting = blocks.filter(({ language }) => !contradictsLanguage(lastPart(path), language))
  const [only, ...others] = fitting
  return others.length === 0 && only?.path === null && fitsLanguage(lastPart(path), only.language)
    ? only
    : undefined
}

function placeSingle(block: Block, path: string, before: KnownContent): Extraction {
  const isOther = block.otherOf?.some((one) => isTailOf(one, path) || isTailOf(path, one)) === true
  if (isOther && block.path === null)
    return { ...nothing, unplaced: [refuse(block, `It is not all of ${path}.`)] }
  const isForIt = block.candidates.some((candidate) => isTailOf(candidate.path, path))
  const contrary = block.path ?? (isForIt ? null : (block.candidates[0]?.path ?? null))
  if (contrary !== null)
    return { ...nothing, conflicts: [{ path, versions: [toFile(block, contrary, before)] }] }
  // What clearly meant to be another name, and is none, is no leave to use the plan's.
  if (!isForIt && block.reason !== null) return { ...nothing, unplaced: [refuse(block, block.reason)] }
  if (contradictsLanguage(lastPart(path), block.language)) {
    const reason = `The block is ${block.language}, which ${path} is not.`
    return { ...nothing, unplaced: [refuse({ ...block, reason: null }, reason)] }
  }
  return { ...nothing, files: [toFile(block, path, before)] }
}

function beside(block: Block, path: string): string {
  if (block.path === null) return `It has no name, and another block is ${path}.`
  return `It names ${block.path}, but only ${path} was asked for.`
}

const lastPart = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
