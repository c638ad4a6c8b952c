import { Radio } from '@base-ui/react/radio'
import { RadioGroup } from '@base-ui/react/radio-group'
import { useState } from 'react'
import type { ListedWorkflow } from '../../../shared/reports.ts'
import { BusyLines } from '../../components/busy-lines.tsx'
import { Button } from '../../components/button.tsx'
import { ErrorNotice, Notice } from '../../components/notice.tsx'
import { WorkflowCard } from '../../components/workflow-card.tsx'
import { useModel } from '../../stores/model.ts'
import { changeNewRun, useNewRun } from '../../stores/new-run.ts'
import { roleName } from '../../strings.ts'
import { newRunStrings as strings } from '../../strings-new-run.ts'

/** The workflows to choose from, each as its graph, and what is wrong with files of one's own. */
export function WorkflowCards() {
  const { state, value, error } = useNewRun((newRun) => newRun.workflows)
  const chosen = useNewRun((newRun) => newRun.workflow)
  const isRehearsal = useNewRun((newRun) => newRun.isRehearsal)
  const rehearsals = useModel((model) => model.rehearsals.value) ?? []
  const isOut = ({ workflow }: ListedWorkflow) =>
    isRehearsal && !rehearsals.some((one) => one.workflow === workflow.id)
  return (
    <section aria-label={strings.workflow} className="flex flex-none flex-col gap-2">
      <div className="mt-2 flex min-h-6 items-center gap-2">
        <h2 className="font-strong">{strings.workflow}</h2>
        <span className="min-w-0 truncate text-sm text-fg-3">{strings.workflowLead}</span>
      </div>
      {error && <ErrorNotice error={error} />}
      {!value && state === 'busy' && <BusyLines label={strings.reading} />}
      {value && (
        <RadioGroup
          aria-label={strings.workflow}
          value={chosen}
          onValueChange={(id) => changeNewRun({ workflow: String(id) })}
          className="grid grid-cols-2 gap-2 lg:grid-cols-3"
        >
          {value.workflows.map((listed, index) => (
            <Radio.Root
              key={listed.workflow.id}
              value={listed.workflow.id}
              disabled={isOut(listed)}
              render={<div />}
              nativeButton={false}
              aria-label={nameOf(listed)}
              className="rounded-lg"
            >
              <WorkflowCard
                workflow={listed.workflow}
                isChosen={listed.workflow.id === chosen}
                isOut={isOut(listed)}
                note={isOut(listed) ? strings.noRehearsalHere : strings.origins[listed.origin]}
                {...(index < 9 ? { keys: `alt+${index + 1}` } : {})}
              />
            </Radio.Root>
          ))}
        </RadioGroup>
      )}
      {value && value.problems.length > 0 && <Problems />}
    </section>
  )
}

const nameOf = ({ workflow: { name, description, steps } }: ListedWorkflow) =>
  `${name}. ${description} ${strings.steps(steps.length)}: ${steps.map(({ agent_role }) => roleName(agent_role)).join(', ')}`

function Problems() {
  const problems = useNewRun((newRun) => newRun.workflows.value?.problems) ?? []
  const [isOpen, setIsOpen] = useState(false)
  const shown = isOpen ? problems : problems.slice(0, 1)
  return (
    <Notice
      kind="waiting"
      message={strings.problems(problems.length)}
      hint={shown
        .map(({ file, line, message, hint }) => `${file}, line ${line}: ${message}${hint ? ` ${hint}` : ''}`)
        .join('\n')}
    >
      {problems.length > 1 && (
        <Button size="sm" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          {isOpen ? strings.fewer : strings.all(problems.length)}
        </Button>
      )}
    </Notice>
  )
}
