import { useRef } from 'react'
import { Screen } from '../components/screen.tsx'
import { useOffer } from '../stores/commands.ts'
import { addFiles, useDocuments } from '../stores/documents.ts'
import { useModel } from '../stores/model.ts'
import { changeNewRun, startRun, useNewRun } from '../stores/new-run.ts'
import { useRuns } from '../stores/runs.ts'
import { newRunStrings as strings } from '../strings-new-run.ts'
import { FirstRunView } from './first-run.tsx'
import { DocumentPanel } from './new-run/document-panel.tsx'
import { ModelPanel } from './new-run/model-panel.tsx'
import { OptionsPanel } from './new-run/options-panel.tsx'
import { StartBar } from './new-run/start-bar.tsx'
import { useProspect } from './new-run/use-prospect.ts'
import { whatStops } from './new-run/what-stops.ts'
import { WorkflowCards } from './new-run/workflow-cards.tsx'
import { WorkspacePanel } from './new-run/workspace-panel.tsx'

/** Puts a run together and starts it; before the first one, without a model, the help that the first start needs. */
export function NewRunView() {
  const isPast = useNewRun((state) => state.isPastFirstStart)
  const hasDocuments = useDocuments(({ entries }) => entries.length > 0)
  const hasNoRun = useRuns(({ list }) => list.state === 'ready' && list.value?.length === 0)
  const model = useModel(({ report }) => report.value?.state)
  const isFirst = hasNoRun && !isPast && !hasDocuments && (model === 'unreachable' || model === 'refused')
  return isFirst ? <FirstRunView /> : <NewRunForm />
}

function NewRunForm() {
  const picker = useRef<HTMLInputElement>(null)
  const workflows = useNewRun((state) => state.workflows.value?.workflows) ?? []
  const stop = whatStops(useProspect())
  const choose = () => picker.current?.click()
  const { command } = strings
  useOffer('new-run', [
    { id: 'documents', title: command.open, group: command.group, keys: ['mod+o'], run: choose },
    {
      id: 'start',
      title: command.start,
      group: command.group,
      keys: ['mod+enter'],
      isDisabled: stop !== null,
      run: () => void startRun(),
    },
    ...workflows.slice(0, 9).map(({ workflow }, index) => ({
      id: `workflow ${workflow.id}`,
      title: command.workflow(workflow.name),
      group: command.group,
      keys: [`alt+${index + 1}`],
      run: () => changeNewRun({ workflow: workflow.id }),
    })),
  ])
  return (
    <Screen title={strings.title} lead={strings.lead}>
      <input
        ref={picker}
        type="file"
        multiple
        tabIndex={-1}
        aria-hidden
        className="hidden"
        onChange={(event) => {
          addFiles([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
      <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_272px] lg:grid-cols-[minmax(0,1fr)_312px] 2xl:grid-cols-[minmax(0,1fr)_376px] 3xl:grid-cols-[minmax(0,1368px)_376px]">
        <div className="flex min-h-0 flex-col gap-2 overflow-auto p-4 2xl:gap-3 2xl:p-6 *:w-full 2xl:*:max-w-330">
          <DocumentPanel onChoose={choose} />
          <WorkflowCards />
        </div>
        <aside
          aria-label={strings.options}
          className="flex min-h-0 flex-col border-l border-line-subtle 3xl:border-r"
        >
          <div className="flex min-h-0 flex-1 flex-col gap-5 overflow-auto p-4 2xl:p-6">
            <WorkspacePanel />
            <ModelPanel />
            <OptionsPanel />
          </div>
          <StartBar stop={stop} />
        </aside>
      </div>
    </Screen>
  )
}
