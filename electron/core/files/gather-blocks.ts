import type { Block } from './block.ts'
import { readCustom, type CustomFormat } from './custom-format.ts'
import { readLoose } from './loose-files.ts'
import { AnswerReader } from './read-answer.ts'
import { createBlockScanner } from './scan-blocks.ts'
import { unpack, type KnownContent } from './unpack.ts'

/** What is known beside the answer. */
export type Known = {
  /** Paths that the answer was asked for: what they say of a name weighs more than anything else. */
  readonly plan?: readonly string[]
  /** The content of a file as it is now; changes are made to it. */
  readonly before?: KnownContent
  /** A format of the person's own, which is tried first. */
  readonly custom?: CustomFormat | null
}

/** Blocks that are files, or could be, and what a person should know of how they were found. */
type Gathered = {
  readonly blocks: readonly Block[]
  readonly warnings: readonly string[]
  /** The answer without thinking. */
  readonly text: () => string
}

/** Gathers the blocks of an answer while it arrives, with what is inside of them where they only hold files. */
export function createGatherer({ before = () => null, custom = null }: Known): {
  feed(text: string): void
  end(): Gathered
} {
  const reader = new AnswerReader()
  const scanner = createBlockScanner(reader)
  return {
    feed: (text) => scanner.feed(text),
    end() {
      const blocks = scanner.end()
      const own = custom ? readCustom(reader.lines.join(''), custom) : { blocks: null, warning: null }
      return {
        blocks: own.blocks ?? builtIn(blocks, reader, before),
        warnings: own.warning === null ? [] : [own.warning],
        text: () => textOf(reader),
      }
    },
  }
}

/** All blocks of an answer, with the names that it gives them. */
export function parseBlocks(text: string): Block[] {
  const scanner = createBlockScanner()
  scanner.feed(text)
  return scanner.end()
}

function builtIn(blocks: readonly Block[], reader: AnswerReader, before: KnownContent): Block[] {
  // A stray fence at the end of an answer opens a block that holds nothing.
  const found = blocks.filter((block) => block.path !== null || block.content.trim() !== '')
  const all = withLoose(found, reader)
  // A change further down is one of what stands further up.
  const soFar = new Map<string, string>()
  const known = { outside: before, all: (path: string) => soFar.get(path) ?? before(path) }
  return all.flatMap((block) => {
    const files = unpack(block, known, parseBlocks)
    for (const { path, content } of files) if (path !== null) soFar.set(path, content)
    return files
  })
}

/** The blocks, and what stands between them in a form that needs no fence. */
function withLoose(blocks: readonly Block[], reader: AnswerReader): Block[] {
  const isInBlock = new Set<number>()
  for (const { line, end } of blocks) for (let at = line - 2; at < end; at++) isInBlock.add(at)
  const loose = readLoose(reader.document().filter(({ at }) => !isInBlock.has(at)))
  return [...blocks, ...loose].sort((one, other) => one.line - other.line)
}

const textOf = (reader: AnswerReader): string =>
  reader
    .document()
    .map(({ line }) => line)
    .join('')
