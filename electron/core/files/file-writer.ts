import { AppError } from '../../../shared/errors.ts'
import type { Draft, Unplaced } from '../../../shared/change.ts'
import type { NewRunEvent } from '../../../shared/run-event.ts'
import { blobOf, type Blob } from '../store/ledger.ts'
import type { CustomFormat } from './custom-format.ts'
import { neverClosed } from './complete.ts'
import { extract, extractOne } from './parse.ts'
import { parseBlocks, type Known } from './gather-blocks.ts'
import type { ExtractedFile, Extraction } from './extraction.ts'
import type { Block } from './block.ts'
import { checkPath } from './path-rules.ts'

/** Where drafts go: a run's journal, or whatever else keeps them. */
export type RecordDrafts = (events: readonly NewRunEvent[], blobs: readonly Blob[]) => Promise<void>

/** Turns model answers into drafts. Nothing here touches the workspace: only an accepted change does. */
export class FileWriter {
  readonly #record: RecordDrafts
  readonly #custom: CustomFormat | null

  /** `custom`: the format of the person's own, which is tried before all others. */
  constructor(record: RecordDrafts, custom: CustomFormat | null = null) {
    this.#record = record
    this.#custom = custom
  }

  /** Every fenced block of an answer, with its path where the answer states one. */
  parseCodeBlocks(text: string): Block[] {
    return parseBlocks(text)
  }

  /** Path to content of every whole, undisputed file of an answer. */
  extractFileStructure(text: string): Record<string, string> {
    const { files } = extract(text, { custom: this.#custom })
    return Object.fromEntries(
      files.filter(({ complete }) => complete).map(({ path, content }) => [path, content]),
    )
  }

  /** Drafts every file that an answer names; returns the paths of those that are whole. */
  async writeCodeBlocks(text: string, taskId: string, agentRole: string, call = taskId): Promise<string[]> {
    return this.#draft(extract(text, { custom: this.#custom }), taskId, agentRole, call)
  }

  /** Drafts the one planned file that an answer was asked for; returns its path if it is whole. `before`: as it was. */
  async writePlannedFile(
    text: string,
    path: string,
    taskId: string,
    agentRole: string,
    source: { call: string; complete: boolean; before?: string | null },
  ): Promise<string[]> {
    const extraction = extractOne(text, path, this.#known(path, source.before))
    const files = extraction.files.map((file) => ({ ...file, complete: file.complete && source.complete }))
    return this.#draft({ ...extraction, files }, taskId, agentRole, source.call)
  }

  /** Paths of the files that an answer has a part of only: cut off, or with lines left out. */
  unfinishedFiles(text: string): string[] {
    return extract(text, { custom: this.#custom }).files.flatMap(({ path, complete }) =>
      complete ? [] : [path],
    )
  }

  /** Why an answer would not give the planned file whole, as a sentence; null when it would. `before`: as it was. */
  whatIsWrong(text: string, path: string, before: string | null = null): string | null {
    const { files, conflicts, unplaced } = extractOne(text, path, this.#known(path, before))
    const file = files.find((one) => one.path === path)
    if (file?.lacks === neverClosed) return 'The code block was never closed.'
    if (file && file.lacks !== null) return `The file is not whole: ${file.lacks}.`
    if (file && file.elided !== null)
      return `Your answer leaves a part of ${path} out: "${file.elided}". Write every line of it.`
    if (file) return endsEarly(text, file, this.parseCodeBlocks(text)) ? closedTooSoon : null
    const [conflict] = conflicts
    if (conflict)
      return `The answer has ${conflict.versions.length > 1 ? 'several different versions' : 'another file'}.`
    return unplaced[0]?.reason ?? 'The answer has no code block.'
  }

  /** Drafts one file with content of our own making; throws `invalid` for a path that leaves the workspace. */
  async writeFile(filename: string, content: string, taskId: string, agentRole: string): Promise<string> {
    const path = checkPath(filename)
    const file: ExtractedFile = {
      path,
      content,
      language: null,
      complete: true,
      line: 1,
      how: 'task',
      elided: null,
      lacks: null,
      note: null,
    }
    await this.#draft(
      { files: [file], unplaced: [], conflicts: [], warnings: [] },
      taskId,
      agentRole,
      `${taskId}:${path}`,
    )
    return path
  }

  async writeJson(filename: string, data: unknown, taskId: string, agentRole: string): Promise<string> {
    return this.writeFile(filename, `${JSON.stringify(data, null, 2)}\n`, taskId, agentRole)
  }

  #known(path: string, before: string | null = null): Known {
    return { custom: this.#custom, before: (other) => (other === path ? before : null) }
  }

  async #draft(extraction: Extraction, taskId: string, agentRole: string, call: string): Promise<string[]> {
    const { events, blobs } = draftEvents(extraction, taskId, agentRole, call)
    if (events.length > 0) await this.#record(events, blobs)
    return events.flatMap((event) =>
      event.type === 'file-drafted' && event.draft.complete ? [event.draft.path] : [],
    )
  }
}

/**
 * Whether a fence inside the file has closed its block: then the text goes on right below that fence, or the fences that
 * follow do not pair up. An example of how to use the file comes after a blank line.
 */
function endsEarly(text: string, { line, content }: ExtractedFile, blocks: readonly Block[]): boolean {
  const later = blocks.filter((block) => block.line > line && block.path === null && block.language === null)
  if (later.length === 0) return false
  const closing = line + content.split('\n').length - 1
  const below = text.split('\n')[closing]?.trim() ?? ''
  return below !== '' || later.some(({ closed }) => !closed)
}

const closedTooSoon =
  'The code block seems to end at a fence inside the file: open and close it with more backticks than any line in it has.'
/** Blocks without a name that are kept one by one; the rest of an answer's is kept in one piece. */
const mostUnplaced = 100

type Recorded = { events: NewRunEvent[]; blobs: Blob[] }

/** What an extraction means for the run, as events that carry hashes and the blobs behind them. */
function draftEvents(extraction: Extraction, task: string, role: string, call: string): Recorded {
  const events: NewRunEvent[] = []
  const blobs: Blob[] = []
  const keep = (content: string) => {
    const blob = blobOf(content)
    blobs.push(blob)
    return { hash: blob.hash, bytes: blob.bytes.length }
  }
  const draftOf = ({ path, content, language, complete, elided, line, how, note }: ExtractedFile): Draft => ({
    path,
    ...keep(content),
    language,
    complete,
    elided: elided !== null,
    how,
    note,
    call,
    line,
  })
  const unplace = (block: Pick<Block, 'content' | 'language' | 'line' | 'candidates'>, reason: string) => {
    const { content, language, line, candidates } = block
    const unplaced: Unplaced = { ...keep(content), language, call, line, reason, candidates }
    events.push({ type: 'block-unplaced', task, block: unplaced })
  }
  for (const file of extraction.files) {
    const refusal = refusePath(file.path)
    if (refusal) unplace({ ...file, candidates: [] }, refusal)
    else events.push({ type: 'file-drafted', task, role, draft: draftOf(file) })
  }
  for (const { path, versions } of extraction.conflicts)
    events.push({ type: 'file-conflicted', task, path, versions: versions.map(draftOf) })
  for (const block of extraction.unplaced.slice(0, mostUnplaced)) unplace(block, block.reason)
  const [next, ...others] = extraction.unplaced.slice(mostUnplaced)
  if (next) {
    const content = [next, ...others].map((block) => block.content).join('\n')
    unplace({ ...next, content, candidates: [] }, `${others.length + 1} more blocks without a sure name.`)
  }
  return { events, blobs }
}

function refusePath(path: string): string | null {
  try {
    return checkPath(path) === path ? null : `The name ${JSON.stringify(path)} is not in its plain form.`
  } catch (error) {
    return AppError.from(error).message
  }
}
