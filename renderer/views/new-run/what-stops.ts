import type { FolderReport, ListedRehearsal, ModelReport } from '../../../shared/reports.ts'
import { newRunStrings as strings } from '../../strings-new-run.ts'

/** What has to be known to say whether a run can start. */
export type Prospect = {
  readonly isRehearsal: boolean
  readonly requirement: string
  readonly documents: readonly {
    readonly state: 'reading' | 'read' | 'refused'
    readonly bytes: { readonly base64: string } | null
  }[]
  readonly workflow: string
  /** Null while they are read. */
  readonly workflows: readonly string[] | null
  readonly rehearsals: readonly ListedRehearsal[]
  readonly path: string
  readonly folder: FolderReport | null
  readonly model: ModelReport | null
}

/** Why the run cannot start yet, the first reason first; null when it can. */
export function whatStops(prospect: Prospect): string | null {
  const { isRehearsal, documents, requirement, workflow, workflows, path, folder, model } = prospect
  if (documents.some(({ state }) => state === 'reading')) return strings.stops.reading
  if (!workflows) return strings.stops.readingWorkflows
  if (!workflows.includes(workflow)) return strings.stops.workflow
  if (isRehearsal) {
    const stop = stopsRehearsal(prospect)
    if (stop) return stop
  } else if (requirement.trim() === '' && !documents.some(({ state }) => state === 'read'))
    return strings.stops.nothing
  if (path.trim() === '') return strings.stops.noFolder
  if (folder?.problem) return folder.problem
  if (!folder) return strings.stops.lookingAtFolder
  if (isRehearsal) return null
  if (!model) return strings.stops.askingModel
  return model.state === 'unreachable' || model.state === 'refused' ? strings.stops.model : null
}

function stopsRehearsal({ rehearsals, workflow, documents }: Prospect): string | null {
  const own = rehearsals.find((rehearsal) => rehearsal.workflow === workflow)
  if (!own) return strings.stops.noRehearsal
  const isOther = documents.some(
    ({ state, bytes }) => state === 'read' && bytes?.base64 !== own.document.base64,
  )
  return isOther ? strings.stops.otherDocument : null
}
