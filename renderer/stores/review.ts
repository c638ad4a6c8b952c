import { create } from 'zustand'
import type { Change, Decision } from '../../shared/change.ts'
import type { AcceptedFiles } from '../../shared/contract.ts'
import { AppError, type ErrorData } from '../../shared/errors.ts'
import { api } from '../api.ts'
import { guardLeaving } from './host.ts'
import { load, notLoaded, type Loaded } from './loaded.ts'
import { useOpenRun } from './run.ts'

/** A person's text that is not saved yet, and the version that it was written over. */
export type Edit = { readonly base: string; readonly text: string; readonly problem: ErrorData | null }

/** What is under review of the open run. */
type Review = {
  readonly id: string | null
  readonly changes: Loaded<readonly Change[]>
  /** The workspace's files as the person saw them last. */
  readonly seen: Readonly<Record<string, string | null>>
  readonly selected: string | null
  /** Kept until saved or given up: also while another file is looked at. */
  readonly edits: Readonly<Record<string, Edit>>
  readonly isWriting: boolean
  readonly result: AcceptedFiles | null
}

const none: Review = {
  id: null,
  changes: notLoaded,
  seen: {},
  selected: null,
  edits: {},
  isWriting: false,
  result: null,
}

/** The review of the open run. */
export const useReview = create<Review>()(() => none)

/** What is not saved yet in runs that were under review before, by run. */
const editsOfOthers = new Map<string, Review['edits']>()

/** Reads every draft against the workspace as it is now; what the person has not seen yet counts as seen so. */
export async function readChanges(): Promise<void> {
  const { id } = useOpenRun.getState()
  if (!id) return
  const before = useReview.getState()
  if (before.id !== id) {
    if (before.id !== null) editsOfOthers.set(before.id, before.edits)
    useReview.setState({ ...none, id, edits: editsOfOthers.get(id) ?? {} })
    editsOfOthers.delete(id)
  }
  await load<readonly Change[]>(
    useReview.getState().changes,
    () => api.run.changes({ id }),
    (changes) => {
      if (useReview.getState().id === id)
        useReview.setState(({ seen }) => ({ changes, seen: firstSeen(seen, changes) }))
    },
  )
}

function firstSeen(seen: Review['seen'], { value }: Loaded<readonly Change[]>): Review['seen'] {
  const fresh = (value ?? []).filter(({ path }) => !Object.hasOwn(seen, path))
  return fresh.length === 0
    ? seen
    : { ...seen, ...Object.fromEntries(fresh.map(({ path, disk }) => [path, disk])) }
}

/** Says that the person was shown the workspace's file as it is now. */
export const markSeen = (path: string, disk: string | null): void =>
  useReview.setState(({ seen }) => (seen[path] === disk ? {} : { seen: { ...seen, [path]: disk } }))

export const selectFile = (path: string | null): void => useReview.setState({ selected: path })

/** Puts the result of the last writing away. */
export const closeResult = (): void => useReview.setState({ result: null })

/** Does something to the files, and reads them anew whatever came of it. */
async function act(work: (id: string) => Promise<unknown>): Promise<void> {
  try {
    await work(useOpenRun.getState().run.id)
  } finally {
    await readChanges()
  }
}

type Decided = { readonly path: string; readonly hash: string }

/** Records what the person thinks of files as they were shown; null takes it back. */
export const decide = (files: readonly Decided[], decision: Decision | null): Promise<void> =>
  act(async (id) => {
    for (const { path, hash } of files) await api.run.decide({ id, path, hash, decision })
  })

/** Settles a conflict: this version counts. */
export const chooseVersion = (path: string, hash: string): Promise<void> =>
  act((id) => api.run.choose({ id, path, hash }))

type Block = { readonly call: string; readonly line: number; readonly hash: string }

/** Gives an unplaced block a name. Resolves to false where another file of the run has it and nobody said `isSecond`. */
export async function placeBlock(
  { call, line, hash }: Block,
  path: string,
  isSecond: boolean,
): Promise<boolean> {
  try {
    await act((id) => api.run.place({ id, path, call, line, hash, only_new: !isSecond }))
    return true
  } catch (error) {
    if (!isSecond && AppError.from(error).code === 'conflict') return false
    throw error
  }
}

/** Begins to edit a version, or keeps what the person has written so far. */
export const keepEdit = (path: string, base: string, text: string): void =>
  useReview.setState(({ edits }) => ({
    edits: { ...edits, [path]: { base, text, problem: edits[path]?.problem ?? null } },
  }))

/** Goes on editing over a newer version: what the person wrote stays as it is. */
export const rebaseEdit = (path: string, base: string): void =>
  useReview.setState(({ edits }) => {
    const edit = edits[path]
    return edit ? { edits: { ...edits, [path]: { ...edit, base, problem: null } } } : {}
  })

/** Gives up what was written. */
export const dropEdit = (path: string): void =>
  useReview.setState(({ edits: { [path]: _dropped, ...edits } }) => ({ edits }))

/** Saves the person's text as the file's next version. Refused where there is a newer one; then the text stays. */
export async function saveEdit(path: string): Promise<boolean> {
  const { id, edits } = useReview.getState()
  const edit = edits[path]
  if (!id || !edit) return false
  try {
    await api.run.edit({ id, path, base: edit.base, content: edit.text })
    dropEdit(path)
    return true
  } catch (error) {
    const problem = AppError.from(error).toJSON()
    useReview.setState(({ edits: now }) => ({ edits: { ...now, [path]: { ...edit, problem } } }))
    return false
  } finally {
    await readChanges()
  }
}

/** Writes the named files, each only over the workspace's file that the person saw. */
export async function writeFiles(paths: readonly string[]): Promise<void> {
  const { seen, isWriting } = useReview.getState()
  if (isWriting || paths.length === 0) return
  useReview.setState({ isWriting: true, result: null })
  const shown = Object.fromEntries(paths.map((path) => [path, seen[path] ?? null]))
  try {
    await act(async (id) =>
      useReview.setState({ result: await api.run.accept({ id, paths: [...paths], seen: shown }) }),
    )
    const { written = [], already = [] } = useReview.getState().result ?? {}
    for (const path of [...written, ...already]) markWritten(path)
  } finally {
    useReview.setState({ isWriting: false })
  }
}

/** What was written by us is no change that somebody else made. */
function markWritten(path: string): void {
  const change = useReview.getState().changes.value?.find((one) => one.path === path)
  if (change) markSeen(path, change.disk)
}

let due: ReturnType<typeof setTimeout> | null = null
/** A burst of events is one reading; nothing is read for a review that nobody has opened. */
const readSoon = () => {
  if (useReview.getState().id === null) return
  due ??= setTimeout(() => {
    due = null
    void readChanges()
  }, 300)
}

const touchesFiles = /^(file-|version-chosen|block-|code-changed|task-restarted|run-ended|task-completed)/
useOpenRun.subscribe(({ events, id }, before) => {
  if (id !== before.id || events.slice(before.events.length).some(({ type }) => touchesFiles.test(type)))
    readSoon()
})
// Other programs change the workspace while this window has no focus.
window.addEventListener('focus', readSoon)

guardLeaving(useReview, () =>
  [useReview.getState().edits, ...editsOfOthers.values()].some((edits) => Object.keys(edits).length > 0),
)
