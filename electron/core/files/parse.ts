import type { Block, How } from './block.ts'
import { judgeCompleteness } from './complete.ts'
import { contradictsLanguage, fitsLanguage } from './file-kinds.ts'
import { isTailOf } from './name-block.ts'
import { findInPlan } from './plan-witness.ts'
import { AnswerReader } from './read-answer.ts'
import { createBlockScanner } from './scan-blocks.ts'
import { createLineSplitter } from './scan-lines.ts'
import { settle } from './settle.ts'
import { unpack, type KnownContent } from './unpack.ts'

export type { Block } from './block.ts'

/** A file that an answer holds. Only a `complete` one is all of it. */
export type ExtractedFile = {
  path: string
  content: string
  language: string | null
  complete: boolean
  line: number
  how: How
  /** The line that stands for lines left out; null where none does. */
  elided: string | null
  /** Why it is not all of the file, in words behind its name; null where nothing shows that. */
  lacks: string | null
}

/** A block that is no file, and why. */
export type UnplacedBlock = Block & { reason: string }

/** What an answer comes to: files with a sure path, blocks without one, and paths whose contents differ. */
export type Extraction = {
  files: ExtractedFile[]
  unplaced: UnplacedBlock[]
  conflicts: { path: string; versions: ExtractedFile[] }[]
  /** What was decided on the way and a person should know. */
  warnings: string[]
}

/** What is known beside the answer. */
export type Known = {
  /** Paths that the answer was asked for: what they say of a name weighs more than anything else. */
  readonly plan?: readonly string[]
  /** The content of a file as it is now; changes are made to it. */
  readonly before?: KnownContent
}

/** Extracts the files of an answer while it arrives. Cut in any pieces it gives the same, in linear time. */
export function createExtractor(known: Known = {}): { feed(text: string): void; end(): Extraction } {
  const reader = new AnswerReader()
  const scanner = createBlockScanner(reader)
  return {
    feed: (text) => scanner.feed(text),
    end: () => place(gather(scanner.end(), reader, known), known),
  }
}

/** All files of an answer. The same path twice is one file if the contents are the same, else mostly a conflict. */
export function extract(text: string, known: Known = {}): Extraction {
  const extractor = createExtractor(known)
  extractor.feed(text)
  return extractor.end()
}

/** All blocks of an answer, with the names that it gives them. */
export function parseBlocks(text: string): Block[] {
  const scanner = createBlockScanner()
  scanner.feed(text)
  return scanner.end()
}

/**
 * The one file that a call was made for. The plan's path is given only to a single block without a name; a block
 * that names another path is a conflict, and blocks beside the file are unplaced.
 */
export function extractOne(text: string, path: string, before: KnownContent = () => null): Extraction {
  const reader = new AnswerReader()
  const scanner = createBlockScanner(reader)
  scanner.feed(text)
  const blocks = gather(scanner.end(), reader, { before })
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
    return { ...placed, unplaced: [...placed.unplaced, ...others.map((block) => refuse(block, beside(block, path)))] }
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

/** The blocks of an answer, with what is inside of them where they only hold files. */
function gather(blocks: readonly Block[], reader: AnswerReader, { before = () => null }: Known): Block[] {
  // A stray fence at the end of an answer opens a block that holds nothing.
  const found = blocks.filter((block) => block.path !== null || block.content.trim() !== '')
  const all = found.length > 0 ? found : wholeAsBlock(reader)
  return all.flatMap((block) => unpack(block, before, parseBlocks))
}

/** An answer without a single fence or tag may be JSON as a whole. */
function wholeAsBlock(reader: AnswerReader): Block[] {
  const lines = reader.document()
  const start = lines.find(({ line }) => /\S/.test(line))
  if (!start || !/^\s*[{[]/.test(start.line)) return []
  const content = lines.map(({ line }) => line).join('')
  const none = { path: null, how: null, candidates: [], above: [] }
  const block: Block = { ...none, reason: null, content, language: 'json', line: 1, end: lines.length, closed: true }
  return unpack(block, () => null, () => []).filter((one) => one.path !== null || one.reason !== null)
}

function place(blocks: readonly Block[], { plan = [], before = () => null }: Known): Extraction {
  const byPath = new Map<string, Block[]>()
  const unplaced: UnplacedBlock[] = []
  const claimed = new Set(blocks.flatMap(({ path }) => path ?? []))
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
  return others.length === 0 && only?.path === null && fitsLanguage(lastPart(path), only.language) ? only : undefined
}

function placeSingle(block: Block, path: string, before: KnownContent): Extraction {
  const isForIt = block.candidates.some((candidate) => isTailOf(candidate.path, path))
  const contrary = block.path ?? (isForIt ? null : (block.candidates[0]?.path ?? null))
  if (contrary !== null) return { ...nothing, conflicts: [{ path, versions: [toFile(block, contrary, before)] }] }
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

function refuse(block: Block, reason: string): UnplacedBlock {
  return { ...block, reason: block.reason ?? reason }
}

function toFile(block: Block, path: string, before: KnownContent): ExtractedFile {
  const { content, language, line } = block
  const how = block.path === path ? (block.how ?? 'plan') : 'plan'
  return { path, content, language, line, how, ...judgeCompleteness(block, path, before(path)) }
}

function settleAll(
  byPath: ReadonlyMap<string, readonly Block[]>,
  before: KnownContent,
): Pick<Extraction, 'files' | 'conflicts' | 'warnings'> {
  const files: ExtractedFile[] = []
  const conflicts: Extraction['conflicts'] = []
  const warnings: string[] = []
  for (const [path, blocks] of byPath) {
    const settled = settle(blocks.map((block) => ({ ...toFile(block, path, before), above: block.above })))
    if ('conflict' in settled) conflicts.push({ path, versions: settled.conflict.map(withoutAbove) })
    else {
      files.push(withoutAbove(settled.file))
      if (settled.warning !== null) warnings.push(settled.warning)
    }
  }
  return { files, conflicts, warnings }
}

const withoutAbove = ({ above: _, ...file }: ExtractedFile & { above: readonly string[] }): ExtractedFile => file

const lastPart = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
