import type { CodeInput } from '../../shared/code.ts'
import { isOwnContent } from '../../shared/fold-code.ts'
import type { Settings } from '../../shared/settings.ts'
import type { Workflow } from '../../shared/workflow.ts'
import { changedCode } from './code/changed-code.ts'
import { readCode } from './code/read-code.ts'
import type { Journal } from './journal.ts'
import { estimateTokens } from './llm/tokens.ts'
import type { ReadInput, RunInput } from './run-input.ts'
import type { Blob } from './store/ledger.ts'

type Wanted = {
  root: string
  input: RunInput
  read: ReadInput
  /** Tokens that a prompt has beside the documents; null where the window is unknown. */
  room: number | null
  config: Settings
}

/** The code of the workspace that a run starts from: where its workflow works on some, or the person named some. */
export async function readRunCode(
  workflow: Workflow,
  { root, input, read, room, config }: Wanted,
  signal: AbortSignal,
): Promise<{ code: CodeInput; blobs: Blob[] }> {
  const named = input.include ?? []
  if (!workflow.reads_workspace && named.length === 0) return { code: { files: [], left_out: [] }, blobs: [] }
  const texts = read.blobs.map(({ bytes }) => Buffer.from(bytes).toString('utf8'))
  const options = {
    include: named.length > 0 ? named : config.include,
    about: [read.requirement, ...texts].join('\n'),
    budget: room === null ? null : Math.floor(room * config.code_share),
    estimate: (text: string) => estimateTokens([{ role: 'user', content: text }]),
  }
  return readCode(root, options, signal)
}

/** Notes which of the files that a run started from are others now; its own accepted files are not. */
export async function noteChangedCode(journal: Journal, root: string): Promise<void> {
  const { code, changedCode: known } = journal.run
  const expected = code.files.map(({ path, hash }) => ({
    path,
    hash: Object.hasOwn(known, path) ? (known[path] ?? '') : hash,
  }))
  const changes = await changedCode(expected, root)
  const news = changes.filter(({ path, hash }) =>
    Object.hasOwn(known, path) ? known[path] !== hash : !isOwnContent(journal.run, path, hash),
  )
  if (news.length === 0) return
  await journal.append(news.map(({ path, hash }) => ({ type: 'code-changed', path, hash })))
}
