import { isSamePlace, type Draft } from './change.ts'
import { withEntry } from './in-one-go.ts'
import type { FileState, FileVersion, Run } from './run.ts'
import type { RunEvent } from './run-event.ts'
import { ancestors } from './run-graph.ts'

type FileEvent = Extract<
  RunEvent,
  {
    type: 'file-drafted' | 'file-conflicted' | 'file-writing' | 'file-written' | 'file-refused'
  }
>

/** Folds what happened to a proposed file. */
export function foldFile(run: Run, event: FileEvent): Partial<Run> {
  const path = event.type === 'file-drafted' ? event.draft.path : event.path
  const file = fileAt(run, path)
  const change = (changed: Partial<FileState>) => ({
    files: withEntry(run.files, path, { ...file, ...changed }),
  })
  switch (event.type) {
    case 'file-drafted': {
      const claims = file.conflict.length > 0 ? file.conflict : file.versions
      if ([...file.versions, ...claims].some((other) => isSamePlace(other, event.draft))) return {}
      const agent = run.tasks[event.task]?.agent ?? event.role
      const version = { ...whole(event.draft), task: event.task, agent }
      const last = file.versions.at(-1)
      // What a person wrote is not thrown away by an agent that runs once more.
      if (last?.how === 'person' && last.hash !== version.hash) return change({ conflict: [last, version] })
      const above = ancestors(run, event.task)
      const rivals = claims.filter(({ task }) => task !== event.task && !above.has(task))
      if (rivals.some(({ hash }) => hash !== version.hash)) return change({ conflict: [...rivals, version] })
      return change({
        versions: [...file.versions, version],
        conflict: [],
        decision: null,
        decidedHash: null,
      })
    }
    case 'file-conflicted': {
      const agent = run.tasks[event.task]?.agent ?? ''
      return change({
        conflict: event.versions.map((draft) => ({ ...whole(draft), task: event.task, agent })),
      })
    }
    case 'file-writing':
      return change({ writing: { hash: event.hash, previous: event.previous } })
    case 'file-written':
      return change({ writing: null, written: event.hash, refused: null })
    case 'file-refused':
      return change({ writing: null, refused: event.reason })
  }
}

/** The files without some of their versions: none is left of a file that has no other, unless the workspace has it. */
export function withoutVersions(
  files: Run['files'],
  isGone: (version: FileVersion) => boolean,
): Run['files'] {
  const kept = Object.entries(files).flatMap(([path, file]): [string, FileState][] => {
    if (file.written !== null || file.writing || !file.conflict.every(isGone)) return [[path, file]]
    const versions = file.versions.filter((version) => !isGone(version))
    return versions.length === 0 ? [] : [[path, { ...file, versions, conflict: [] }]]
  })
  return Object.fromEntries(kept)
}

/** The file at a path, or a new one; a file may have the name of a property that every object has. */
export const fileAt = ({ files }: Run, path: string): FileState =>
  Object.hasOwn(files, path) ? files[path]! : newFile(path)
/** A draft with what those of earlier versions do not say. */
const whole = (draft: Draft): Draft => Object.assign({ elided: false, note: null }, draft)

const newFile = (path: string): FileState => ({
  path,
  versions: [],
  conflict: [],
  decision: null,
  decidedHash: null,
  writing: null,
  written: null,
  refused: null,
})
