import { contradictsLanguage } from './file-kinds.ts'
import { isTailOf } from './name-block.ts'
import { createBlockScanner, type Block } from './scan-blocks.ts'
import { dropLeadingThinking, readFence } from './scan-lines.ts'

export type { Block } from './scan-blocks.ts'

/** A file that an answer holds; not `complete` where the answer ended inside it. */
export type ExtractedFile = {
  path: string
  content: string
  language: string | null
  complete: boolean
  line: number
  how: 'fence' | 'heading' | 'plan' | 'task'
}

/** A block that is no file, and why. */
type UnplacedBlock = Block & { reason: string }

/** What an answer comes to: files with a sure path, blocks without one, and paths whose contents differ. */
export type Extraction = {
  files: ExtractedFile[]
  unplaced: UnplacedBlock[]
  conflicts: { path: string; versions: ExtractedFile[] }[]
}

/** Reads the blocks of an answer while it arrives. Cut in any pieces it gives the same, in linear time. */
export function createScanner(): { feed(text: string): Block[]; end(): Block[] } {
  return createBlockScanner()
}

/** All blocks of an answer, with the names that it gives them. */
export function parseBlocks(text: string): Block[] {
  const scanner = createScanner()
  return [...scanner.feed(text), ...scanner.end()]
}

/** All files of an answer. The same path twice is one file if the contents are the same, else a conflict. */
export function extract(text: string): Extraction {
  const byPath = new Map<string, ExtractedFile[]>()
  const unplaced: UnplacedBlock[] = []
  for (const block of readBlocks(text)) {
    if (block.path === null) {
      unplaced.push(refuse(block, 'No name of a file stands at this block.'))
      continue
    }
    const versions = byPath.get(block.path) ?? []
    versions.push(toFile(block, block.path))
    byPath.set(block.path, versions)
  }
  return { ...settle(byPath), unplaced }
}

/**
 * The one file that a call was made for. The plan's path is given only to a single block without a name; a block
 * that names another path is a conflict, and blocks beside the file are unplaced.
 */
export function extractOne(text: string, path: string): Extraction {
  const blocks = readBlocks(text)
  const exact = blocks.filter((block) => block.path === path)
  const named =
    exact.length > 0 ? exact : blocks.filter((block) => block.path !== null && isTailOf(block.path, path))
  if (named.length > 0) {
    const versions = named.map((block) => toFile(block, path))
    const isNamed = new Set(named)
    const others = blocks.filter((block) => !isNamed.has(block))
    return {
      ...settle(new Map([[path, versions]])),
      unplaced: others.map((block) => refuse(block, beside(block, path))),
    }
  }
  const [block, ...more] = blocks
  if (block && more.length === 0) return placeSingle(block, path)
  const unplaced = blocks.map((other) => refuse(other, `None of the ${blocks.length} blocks names ${path}.`))
  return { files: [], unplaced, conflicts: [] }
}

/**
 * The text of an answer that is a document as a whole: without thinking, without outer blank lines, and without the
 * fence where a single one holds all of it.
 */
export function wholeDocument(text: string): string {
  const lines: string[] = []
  const scanner = createBlockScanner((line) => lines.push(line))
  const blocks = [...scanner.feed(dropLeadingThinking(text)), ...scanner.end()]

  const isBlank = (line: string) => line.trim() === ''
  const first = lines.findIndex((line) => !isBlank(line))
  const last = lines.findLastIndex((line) => !isBlank(line))
  const document = lines.slice(Math.max(first, 0), last + 1)

  const [block, ...more] = blocks
  const isAllBlock =
    block !== undefined &&
    more.length === 0 &&
    readFence(document[0] ?? '') !== null &&
    // A block that never closed reaches into the blank lines at the end, so it is the rest whatever its length.
    (!block.closed || countLines(block.content) === document.length - 2)
  return isAllBlock ? block.content : document.join('')
}

function readBlocks(text: string): Block[] {
  // A stray fence at the end of an answer opens a block that holds nothing.
  return parseBlocks(dropLeadingThinking(text)).filter(
    (block) => block.path !== null || block.content.trim() !== '',
  )
}

function placeSingle(block: Block, path: string): Extraction {
  const nothing: Extraction = { files: [], unplaced: [], conflicts: [] }
  const isForIt = block.candidates.some((candidate) => isTailOf(candidate.path, path))
  const contrary = block.path ?? (isForIt ? null : (block.candidates[0]?.path ?? null))
  if (contrary !== null) return { ...nothing, conflicts: [{ path, versions: [toFile(block, contrary)] }] }
  // What clearly meant to be another name, and is none, is no leave to use the plan's.
  if (!isForIt && block.reason !== null) return { ...nothing, unplaced: [refuse(block, block.reason)] }
  if (contradictsLanguage(path.slice(path.lastIndexOf('/') + 1), block.language)) {
    const reason = `The block is ${block.language}, which ${path} is not.`
    return { ...nothing, unplaced: [refuse({ ...block, reason: null }, reason)] }
  }
  return { ...nothing, files: [toFile(block, path)] }
}

function beside(block: Block, path: string): string {
  if (block.path === null) return `It has no name, and another block is ${path}.`
  return `It names ${block.path}, but only ${path} was asked for.`
}

function refuse(block: Block, reason: string): UnplacedBlock {
  return { ...block, reason: block.reason ?? reason }
}

function toFile(block: Block, path: string): ExtractedFile {
  const { content, language, closed, line } = block
  return {
    path,
    content,
    language,
    complete: closed,
    line,
    how: block.path === path ? (block.how ?? 'plan') : 'plan',
  }
}

function settle(byPath: ReadonlyMap<string, ExtractedFile[]>): Pick<Extraction, 'files' | 'conflicts'> {
  const files: ExtractedFile[] = []
  const conflicts: Extraction['conflicts'] = []
  for (const [path, versions] of byPath) {
    const [first] = versions
    const isOne = versions.every((version) => version.content === first?.content)
    if (isOne) files.push(versions.find((version) => version.complete) ?? first!)
    else conflicts.push({ path, versions })
  }
  return { files, conflicts }
}

function countLines(content: string): number {
  return content === '' ? 0 : content.split('\n').length - (content.endsWith('\n') ? 1 : 0)
}
