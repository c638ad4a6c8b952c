import type { Block, How } from './block.ts'
import { judgeCompleteness } from './complete.ts'
import { settle } from './settle.ts'
import type { KnownContent } from './unpack.ts'

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
  /** What a person should know of how it was chosen. */
  note: string | null
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

/** A block as the file of a path. */
export function toFile(block: Block, path: string, before: KnownContent): ExtractedFile {
  const { content, language, line } = block
  const how = block.path === path ? (block.how ?? 'plan') : 'plan'
  return { path, content, language, line, how, note: null, ...judgeCompleteness(block, path, before(path)) }
}

/** A block as one that is no file; what it says of itself comes before the general reason. */
export const refuse = (block: Block, reason: string): UnplacedBlock => ({
  ...block,
  reason: block.reason ?? reason,
})

/** The files of blocks that name them: one for each path, or a conflict. */
export function settleAll(
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
      files.push({ ...withoutAbove(settled.file), note: settled.note })
      if (settled.note !== null) warnings.push(`${path}: ${settled.note}`)
    }
  }
  return { files, conflicts, warnings }
}

const withoutAbove = ({ above: _, ...file }: ExtractedFile & { above: readonly string[] }): ExtractedFile =>
  file
