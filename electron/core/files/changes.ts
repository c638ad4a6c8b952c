import { AppError } from '../../../shared/errors.ts'
import type { Change, Draft } from '../../../shared/change.ts'
import type { AcceptedFiles } from '../../../shared/contract.ts'
import type { FileState, Run } from '../../../shared/run.ts'
import type { Journal } from '../journal.ts'
import { blobOf, LedgerError } from '../store/ledger.ts'
import { controlFileReason } from './control-files.ts'
import type { Workspace } from './workspace.ts'

/** The hashes of the workspace's files, by path, when a person looked; null where there was none. */
export type Seen = Readonly<Record<string, string | null>>

/** Every draft of a run against the workspace as it is now. */
export async function listChanges(run: Run, workspace: Workspace): Promise<Change[]> {
  return Promise.all(Object.values(run.files).map((file) => changeOf(run, file, workspace)))
}

async function changeOf(run: Run, file: FileState, workspace: Workspace): Promise<Change> {
  const { path, conflict, versions, decision, written, refused } = file
  const version = (conflict.at(-1) ?? versions.at(-1))!
  const { bytes, problem } = await look(workspace, path)
  const disk = bytes && blobOf(bytes).hash
  return {
    path,
    task: version.task,
    agent: version.agent,
    hash: version.hash,
    disk,
    state: disk === null ? 'new' : disk === version.hash ? 'same' : 'changed',
    decision,
    written: written === version.hash,
    held: faultOf(file) ?? problem ?? staleness(run, file) ?? controlFileReason(path),
    control: controlFileReason(path),
    refused,
  }
}

/** What stands at a path, or why it cannot be seen, such as a link that leads out. */
async function look(
  workspace: Workspace,
  path: string,
): Promise<{ bytes: Buffer | null; problem: string | null }> {
  try {
    return { bytes: await workspace.read(path), problem: null }
  } catch (error) {
    return { bytes: null, problem: AppError.from(error).message }
  }
}

/** Why a file cannot be accepted as it is, whoever asks; null for a whole and undisputed one. */
function faultOf({ conflict, versions }: FileState): string | null {
  if (conflict.length > 0) return `${conflict.length} versions claim this path.`
  return partFault(versions.at(-1))
}

/** Why a version is no whole file; null for one that is. */
export function partFault(version: Pick<Draft, 'complete' | 'elided'> | undefined): string | null {
  if (version?.complete) return null
  return version?.elided
    ? 'It leaves lines out: a comment stands for them.'
    : 'It is incomplete: the answer was cut off.'
}

/** Why what it was built on no longer stands; null when it does. */
function staleness(run: Run, { versions }: FileState): string | null {
  const stale = run.tasks[versions.at(-1)?.task ?? '']?.stale
  return stale ? `It is stale: ${stale}.` : null
}

/**
 * Writes drafts to the workspace: all that nothing holds back, or the named ones (naming a file that is stale, or that
 * tools obey, lifts its hold; nothing lifts a fault, or a change in the workspace that the person has not seen). What stood there before is kept in the ledger. Never rejects for a single file's sake.
 */
export async function acceptChanges(
  journal: Journal,
  workspace: Workspace,
  paths?: readonly string[],
  seen: Seen = {},
): Promise<AcceptedFiles> {
  const unknown = paths?.find((path) => !Object.hasOwn(journal.run.files, path))
  if (unknown !== undefined)
    throw new AppError('not-found', `The run has no file ${unknown}.`, {
      hint: `Its files: paddock show ${journal.run.id}`,
    })
  const accepted: AcceptedFiles = { written: [], already: [], held: [] }
  for (const file of Object.values(journal.run.files)) {
    if (paths && !paths.includes(file.path)) continue
    const reason =
      faultOf(file) ??
      (await changedSince(file, seen, workspace)) ??
      (paths ? null : await holdOf(journal.run, file, workspace))
    const outcome = reason === null ? await write(journal, workspace, file) : { refused: reason }
    if (outcome === 'written' || outcome === 'already') accepted[outcome].push(file.path)
    else accepted.held.push({ path: file.path, reason: outcome.refused })
  }
  return accepted
}

/** Whether the workspace's file is another one than the person looked at. */
async function changedSince({ path }: FileState, seen: Seen, workspace: Workspace): Promise<string | null> {
  if (!Object.hasOwn(seen, path)) return null
  const { bytes } = await look(workspace, path)
  const hash = bytes && blobOf(bytes).hash
  return hash === seen[path] ? null : 'It was changed in the workspace since you looked at it.'
}

/** Why a file is not written unless it is named. */
async function holdOf(run: Run, file: FileState, workspace: Workspace): Promise<string | null> {
  const { path, decision, versions, written } = file
  if (decision === 'rejected') return 'It was rejected.'
  const { bytes } = written === null ? { bytes: null } : await look(workspace, path)
  const changed = written !== null && (bytes === null || blobOf(bytes).hash !== written)
  if (changed) return 'It was changed or removed since Paddock wrote it.'
  return written === versions.at(-1)?.hash ? null : (staleness(run, file) ?? controlFileReason(path))
}

async function write(
  journal: Journal,
  workspace: Workspace,
  { path, versions, written }: FileState,
): Promise<'written' | 'already' | { refused: string }> {
  const { hash } = versions.at(-1)!
  try {
    const old = await workspace.read(path)
    const previous = old && blobOf(old)
    const isThere = previous?.hash === hash
    if (isThere && written === hash) return 'already'
    if (!isThere) {
      const decided = { type: 'file-decided', path, decision: 'accepted', hash } as const
      const writing = { type: 'file-writing', path, hash, previous: previous?.hash ?? null } as const
      await journal.append([decided, writing], previous ? [previous] : [])
      await workspace.write(path, journal.blob(hash))
    }
    await journal.append([{ type: 'file-written', path, hash }])
    return isThere ? 'already' : 'written'
  } catch (error) {
    const failure = AppError.from(error)
    if (failure.code === 'internal' || failure instanceof LedgerError) throw failure
    await journal.append([{ type: 'file-refused', path, reason: failure.message }])
    return { refused: failure.message }
  }
}
