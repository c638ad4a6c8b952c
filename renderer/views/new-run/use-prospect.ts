import { useDocuments } from '../../stores/documents.ts'
import { useModel } from '../../stores/model.ts'
import { useNewRun } from '../../stores/new-run.ts'
import type { Prospect } from './what-stops.ts'

/** What is known of the run that is being put together. */
export function useProspect(): Prospect {
  const { requirement, workflow, isRehearsal, workspace, rehearsalWorkspace, workflows } = useNewRun()
  const documents = useDocuments((state) => state.entries)
  const model = useModel((state) => state.report.value)
  const rehearsals = useModel((state) => state.rehearsals.value) ?? []
  const { path, report } = isRehearsal ? rehearsalWorkspace : workspace
  return {
    requirement,
    workflow,
    isRehearsal,
    documents,
    model,
    rehearsals,
    path,
    folder: report.value,
    workflows: workflows.value?.workflows.map((listed) => listed.workflow.id) ?? null,
  }
}
