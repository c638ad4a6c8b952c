import { Cpu, Play } from 'lucide-react'
import type { ListedRehearsal, ModelReport } from '../../../shared/reports.ts'
import { Button } from '../../components/button.tsx'
import { Hint } from '../../components/hint.tsx'
import type { Loaded } from '../../stores/loaded.ts'
import { Select } from '../../components/select.tsx'
import { StateLine } from '../../components/state-line.tsx'
import { addDocuments, clearDocuments, useDocuments } from '../../stores/documents.ts'
import { readModel, useModel } from '../../stores/model.ts'
import { changeNewRun, useNewRun } from '../../stores/new-run.ts'
import { newRunStrings as strings } from '../../strings-new-run.ts'

/** What answers: the model server that is configured, or a rehearsal. */
export function ModelPanel() {
  const report = useModel((model) => model.report)
  const rehearsals = useModel((model) => model.rehearsals.value) ?? []
  const isRehearsal = useNewRun((state) => state.isRehearsal)
  const workflow = useNewRun((state) => state.workflow)
  const own = rehearsals.find((rehearsal) => rehearsal.workflow === workflow)
  return (
    <section aria-label={strings.model} className="grid gap-2">
      <h2 className="font-strong">{strings.model}</h2>
      <Select
        label={strings.modelChoice}
        start={
          isRehearsal ? (
            <Play aria-hidden size={14} className="flex-none text-fg-3" />
          ) : (
            <Cpu aria-hidden size={14} className="flex-none text-fg-3" />
          )
        }
        value={isRehearsal ? 'rehearsal' : 'model'}
        choices={[
          {
            value: 'model',
            label: report.value?.model ?? strings.configured,
            hint: report.value?.endpoint ?? '',
          },
          ...(rehearsals.length > 0 ? [{ value: 'rehearsal' as const, label: strings.rehearsal }] : []),
        ]}
        onChange={(choice) => chooseRehearsal(choice === 'rehearsal', rehearsals)}
      />
      {isRehearsal ? <RehearsalState own={own} /> : <ModelState report={report} />}
    </section>
  )
}

/** A workflow without a rehearsal gives way to the first that has one: else the choice would only make a dead end. */
function chooseRehearsal(isRehearsal: boolean, rehearsals: readonly ListedRehearsal[]): void {
  const { workflow } = useNewRun.getState()
  const isOwn = rehearsals.some((rehearsal) => rehearsal.workflow === workflow)
  changeNewRun({
    isRehearsal,
    ...(isRehearsal && !isOwn && rehearsals[0] ? { workflow: rehearsals[0].workflow } : {}),
  })
}

function RehearsalState({ own }: { readonly own: ListedRehearsal | undefined }) {
  const entries = useDocuments((state) => state.entries)
  const isOwn = entries.length === 1 && entries[0]?.bytes?.base64 === own?.document.base64
  return (
    <>
      <StateLine state="ok">
        {strings.rehearsalLine} {own && strings.rehearsalDocument(own.document.name)}
      </StateLine>
      {own && !isOwn && (
        <Button
          size="sm"
          onClick={() => {
            clearDocuments()
            addDocuments([own.document])
          }}
        >
          {strings.useDocument}
        </Button>
      )}
    </>
  )
}

const states = {
  ready: 'ok',
  loading: 'busy',
  stopped: 'ok',
  unreachable: 'problem',
  refused: 'problem',
} as const

function ModelState({ report: { value, state, error } }: { readonly report: Loaded<ModelReport> }) {
  const rehearsals = useModel((model) => model.rehearsals.value) ?? []
  if (error)
    return <StateLine state="problem">{[error.message, error.hint].filter(Boolean).join(' ')}</StateLine>
  if (!value) return <StateLine state="busy">{strings.asking}</StateLine>
  const { message, hint, slots, window } = value
  const isOff = value.state === 'unreachable' || value.state === 'refused'
  return (
    <>
      <StateLine state={states[value.state]}>
        <span>{message}</span>{' '}
        {slots !== null && window !== null && <span>{strings.slots(slots, window)}.</span>}
        {hint && (
          <span className="mt-1 block text-fg-3 select-text">
            <Hint text={hint} />
          </span>
        )}
      </StateLine>
      {isOff && (
        <div className="flex gap-2">
          <Button size="sm" isBusy={state === 'busy'} onClick={() => void readModel()}>
            {strings.askAgain}
          </Button>
          {rehearsals.length > 0 && (
            <Button size="sm" icon={Play} onClick={() => chooseRehearsal(true, rehearsals)}>
              {strings.rehearse}
            </Button>
          )}
        </div>
      )}
    </>
  )
}
