import { isSamePlace } from './change.ts'
import { fileAt } from './fold-file.ts'
import { staleAfter } from './fold-task.ts'
import { withEntry } from './in-one-go.ts'
import type { FileState, Run } from './run.ts'
import type { RunEvent } from './run-event.ts'
import { dependents, mapTasks } from './run-graph.ts'

type ReviewEvent = Extract<
  RunEvent,
  { type: 'file-decided' | 'file-edited' | 'version-chosen' | 'block-placed' }
>

const undecided = { decision: null, decidedHash: null } as const

/** Folds what a person did to a proposed file. */
export function foldReview(run: Run, event: ReviewEvent): Partial<Run> {
  const path = event.type === 'block-placed' ? event.draft.path : event.path
  const file = fileAt(run, path)
  const change = (changed: Partial<FileState>) => ({
    files: withEntry(run.files, path, { ...file, ...changed }),
  })
  const last = file.versions.at(-1)
  switch (event.type) {
    case 'file-decided': {
      if (event.decision === null) return change(undecided)
      const changed = change({ decision: event.decision, decidedHash: event.hash })
      if (!last || (event.decision === 'accepted' && event.hash === last.hash)) return changed
      const how = event.decision === 'rejected' ? 'rejected' : 'edited'
      return { ...changed, tasks: staleBelow(run, last.task, `${path} was ${how} afterwards`) }
    }
    case 'file-edited': {
      const base = last ?? file.conflict.at(-1)
      if (!base) return {}
      const others = file.versions.filter((other) => !isSamePlace(other, event.draft))
      const version = { ...event.draft, task: base.task, agent: 'you' }
      return {
        ...change({ versions: [...others, version], conflict: [], ...undecided }),
        tasks: staleBelow(run, base.task, `${path} was edited afterwards`),
      }
    }
    case 'version-chosen': {
      const chosen = [...file.conflict, ...file.versions].find(({ hash }) => hash === event.hash)
      if (!chosen) return {}
      const others = file.versions.filter((other) => !isSamePlace(other, chosen))
      return change({ versions: [...others, chosen], conflict: [], ...undecided })
    }
    case 'block-placed': {
      const version = { ...event.draft, task: event.task, agent: run.tasks[event.task]?.agent ?? '' }
      const rivals = file.conflict.length > 0 ? file.conflict : file.versions
      const isDisputed = rivals.some(({ hash }) => hash !== version.hash)
      const placed = isDisputed
        ? { conflict: [...rivals, version] }
        : { versions: [...file.versions, version] }
      return {
        ...change({ ...placed, ...undecided }),
        unplaced: run.unplaced.filter((block) => !isSamePlace(block, event.draft)),
      }
    }
  }
}

/** What was built on a task's files rests on something else now. */
function staleBelow(run: Run, task: string, reason: string): Run['tasks'] {
  const below = dependents(run, task)
  return mapTasks(run, (state, id) => (below.has(id) ? staleAfter(state, reason) : state))
}
