import type { Change } from '../../../shared/change.ts'
import type { FileVersion, Run } from '../../../shared/run.ts'
import type { FileBadge, ReviewFile, ReviewGroup } from '../../components/review/review-file.ts'

/** The workspace's files as the person saw them last, by path; null: there was none. */
export type SeenFiles = Readonly<Record<string, string | null>>

/** Every proposed file of a run as the review shows it, in the order of the run. */
export const reviewFiles = (
  run: Run,
  changes: readonly Change[],
  seen: SeenFiles,
  edits: Readonly<Record<string, unknown>> = {},
): ReviewFile[] =>
  changes.map((change) => ({ ...fileOf(run, change, seen), isUnsaved: Object.hasOwn(edits, change.path) }))

function fileOf(run: Run, change: Change, seen: SeenFiles): Omit<ReviewFile, 'isUnsaved'> {
  const { path, agent, task, hash, disk, state, decision, written, held, control, refused } = change
  const file = Object.hasOwn(run.files, path) ? run.files[path] : undefined
  const version = file?.versions.at(-1)
  const fault = (file?.conflict.length ?? 0) > 0 ? 'conflict' : faultOf(version)
  const stale = run.tasks[version?.task ?? task]?.stale ?? null
  const isWritten = written && disk === hash
  const isMoved = Object.hasOwn(seen, path) && seen[path] !== disk && !isWritten
  const isHeldBack = fault === null && (control !== null || (held !== null && stale === null))
  const badges: FileBadge[] = [
    ...when(!isWritten || state !== 'same', fault ?? state),
    ...when(stale, 'stale'),
    ...when(isHeldBack, 'held'),
    ...when(isMoved, 'moved'),
    ...when(refused, 'refused'),
    ...(isWritten ? (['written'] as const) : when(decision, decision ?? 'accepted')),
  ]
  const cut = path.lastIndexOf('/') + 1
  return {
    ...{
      path,
      name: path.slice(cut),
      folder: path.slice(0, Math.max(0, cut - 1)),
      agent,
      task,
      hash,
      disk,
      state,
    },
    ...{
      fault,
      hold: fault === null ? (control ?? held) : null,
      isHeldBack,
      stale,
      decision,
      isWritten,
      isMoved,
      refused,
      badges,
    },
    role: run.agents.find(({ agent_id }) => agent_id === agent)?.role ?? agent,
  }
}

const when = (is: unknown, badge: FileBadge): FileBadge[] => (is ? [badge] : [])

function faultOf(version: FileVersion | undefined): 'incomplete' | 'elided' | null {
  // What leaves lines out is not complete either.
  if (version?.elided) return 'elided'
  return version?.complete ? null : 'incomplete'
}

/** Files by agent, in the order of the team; what is held back is not among them. */
export function groupFiles(run: Pick<Run, 'agents'>, files: readonly ReviewFile[]): ReviewGroup[] {
  const order = [...run.agents.map(({ agent_id }) => agent_id), 'you']
  const shown = files.filter(({ isHeldBack }) => !isHeldBack)
  const agents = [...new Set([...order, ...shown.map(({ agent }) => agent)])]
  return agents.flatMap((agent) => {
    const own = shown.filter((file) => file.agent === agent).sort(byFolder)
    if (own.length === 0) return []
    return [{ agent, role: own[0]!.role, files: own, decided: own.filter(isDecided).length }]
  })
}

const byFolder = (one: ReviewFile, other: ReviewFile) =>
  one.folder.localeCompare(other.folder) || one.name.localeCompare(other.name)

/** Whether nothing is left to decide about a file: decided, written, or no different from what is there. */
export const isDecided = ({ decision, isWritten, state, fault }: ReviewFile): boolean =>
  decision !== null || isWritten || (state === 'same' && fault === null)

/** Whether a file can be accepted as it is; what is not saved would be left out. */
export const canAccept = ({ fault, isWritten, state, isUnsaved }: ReviewFile): boolean =>
  fault === null && !isWritten && state !== 'same' && !isUnsaved

/** What "accept all" accepts: undecided files that are whole and that nothing holds back. */
export const acceptedWithAll = (files: readonly ReviewFile[]): ReviewFile[] =>
  files.filter((file) => canAccept(file) && file.decision === null && file.hold === null && !file.isMoved)

/** What "write" writes, and nothing else: accepted files that are not in the workspace yet. */
export const filesToWrite = (files: readonly ReviewFile[]): ReviewFile[] =>
  files.filter((file) => canAccept(file) && file.decision === 'accepted')

/** The numbers of the bar: what is decided, of what there is to decide. */
export function barNumbers(files: readonly ReviewFile[]) {
  return {
    decided: files.filter(isDecided).length,
    all: files.length,
    accepted: files.filter(({ decision, isWritten }) => decision === 'accepted' || isWritten).length,
    rejected: files.filter(({ decision, isWritten }) => decision === 'rejected' && !isWritten).length,
    written: files.filter(({ isWritten }) => isWritten).length,
    toWrite: filesToWrite(files).length,
    withAll: acceptedWithAll(files).length,
  }
}
