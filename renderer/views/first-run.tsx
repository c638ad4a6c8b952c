import { Play, Shield, TestTubeDiagonal, Unplug } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { ListedRehearsal } from '../../shared/reports.ts'
import { Badge } from '../components/badge.tsx'
import { Button } from '../components/button.tsx'
import { CheckList } from '../components/check-list.tsx'
import { ErrorNotice } from '../components/notice.tsx'
import { Select } from '../components/select.tsx'
import { WorkflowGraph } from '../components/workflow-graph.tsx'
import { decodeDocument } from '../read-file.ts'
import { useDoctor } from '../stores/doctor.ts'
import { useModel } from '../stores/model.ts'
import { changeNewRun, startRehearsal, useNewRun } from '../stores/new-run.ts'
import { show } from '../stores/view.ts'
import { newRunStrings } from '../strings-new-run.ts'

const strings = newRunStrings.first
const signs = [Unplug, Shield, TestTubeDiagonal]

/** What has to do with a model, of all that is looked at; the rest is shown only where something is wrong. */
const ofModel: ReadonlySet<string> = new Set(['Model server', 'llama-server', 'Model file', 'Memory'])

/** The first start of all, without a model: the rehearsal one click away, and what a model needs. */
export function FirstRunView() {
  return (
    <div className="grid min-h-0 flex-1 overflow-auto p-6">
      <div className="m-auto grid w-full max-w-180 gap-6">
        <div className="grid gap-2">
          <h1 className="text-xl font-strong">{strings.title}</h1>
          <p className="text-fg-2">{strings.lead}</p>
        </div>
        <div className="grid gap-3 md:grid-cols-2">
          <SeeIt />
          <SetUp />
        </div>
        <ul className="grid gap-4 md:grid-cols-3">
          {strings.promises.map((promise, index) => {
            const Drawing = signs[index]!
            return (
              <li key={promise} className="flex gap-2 text-sm text-fg-2">
                <Drawing aria-hidden size={16} strokeWidth={1.5} className="flex-none text-fg-3" />
                {promise}
              </li>
            )
          })}
        </ul>
      </div>
    </div>
  )
}

function SeeIt() {
  const rehearsals = useModel((model) => model.rehearsals.value) ?? []
  const workflows = useNewRun((state) => state.workflows.value?.workflows) ?? []
  const { isStarting, error } = useNewRun()
  const [chosen, setChosen] = useState('feature_development')
  const workflow = workflows.find((one) => one.workflow.id === chosen)?.workflow
  const own = rehearsals.find((rehearsal) => rehearsal.workflow === chosen) ?? rehearsals[0]
  return (
    <section
      aria-label={strings.see}
      className="flex flex-col gap-3 self-start rounded-lg border border-accent-line bg-surface-2 p-5 [@media(min-height:720px)]:self-stretch"
    >
      <div className="flex items-center justify-between">
        <h2 className="font-strong">{strings.see}</h2>
        <Badge tone="waiting" icon={Play}>
          {strings.badge}
        </Badge>
      </div>
      <p className="text-sm text-fg-2">{strings.seeLead}</p>
      {own && rehearsals.length > 1 && (
        <Select
          label={strings.which}
          size="sm"
          value={own.workflow}
          choices={rehearsals.map((rehearsal) => ({ value: rehearsal.workflow, label: rehearsal.title }))}
          onChange={setChosen}
        />
      )}
      <div className="grid h-18 place-content-center rounded-md bg-sunken">
        {workflow && <WorkflowGraph steps={workflow.steps} label={workflow.name} width={260} />}
      </div>
      {own && <Excerpt document={own.document} />}
      <p className="text-sm text-fg-3">{strings.only}</p>
      {error && <ErrorNotice error={error} />}
      <div className="mt-auto pt-1">
        <Button
          kind="primary"
          size="lg"
          icon={Play}
          isBusy={isStarting}
          disabled={!own}
          onClick={() => own && void startRehearsal(own.workflow)}
        >
          {isStarting ? newRunStrings.starting : strings.start}
        </Button>
      </div>
    </section>
  )
}

/** The beginning of the rehearsal's document, as much of it as there is room for. */
function Excerpt({ document }: Pick<ListedRehearsal, 'document'>) {
  const text = useMemo(() => decodeDocument(document), [document])
  return (
    <p className="hidden min-h-0 flex-1 basis-0 overflow-hidden mask-b-from-50% text-sm whitespace-pre-line text-fg-3 [@media(min-height:720px)]:block">
      {text}
    </p>
  )
}

function SetUp() {
  const { value, error } = useDoctor((state) => state.checks)
  return (
    <section
      aria-label={strings.setUp}
      className="flex flex-col gap-3 rounded-lg border border-line-subtle bg-surface-2 p-5"
    >
      <h2 className="font-strong">{strings.setUp}</h2>
      <p className="text-sm text-fg-2">{strings.setUpLead}</p>
      {error && <ErrorNotice error={error} />}
      {value ? (
        <CheckList checks={value.filter(({ name, state }) => state !== 'ok' || ofModel.has(name))} />
      ) : (
        !error && <p className="text-sm text-fg-3">{strings.checking}</p>
      )}
      <div className="mt-auto flex gap-2 pt-1">
        <Button size="lg" onClick={() => show('settings')}>
          {strings.settings}
        </Button>
        <Button size="lg" kind="ghost" onClick={() => changeNewRun({ isPastFirstStart: true })}>
          {strings.past}
        </Button>
      </div>
    </section>
  )
}
