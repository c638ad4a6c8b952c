import type { Run } from '../../../shared/run.ts'
import { historyOf } from '../../../shared/agent-state.ts'
import { AgentPanel } from '../../components/run/agent-panel.tsx'
import type { AgentCardData } from '../../components/run/card.ts'
import type { StepData } from '../../components/run/step-data.ts'
import { StepPanel, type CallText } from '../../components/run/step-panel.tsx'
import { retryStep } from '../../stores/run-control.ts'
import type { RunNotes } from '../../stores/run-notes.ts'
import { attempt } from './attempt.ts'
import { shortName } from './message-panel.tsx'
import { shownMessages } from './shown-messages.ts'
import { waitingMessages } from './waiting-messages.ts'

/** A step or an agent that was chosen to be looked at. */
export type Chosen = { readonly kind: 'step' | 'agent'; readonly id: string }

type SidePanelProps = {
  readonly chosen: Chosen
  readonly run: Run
  readonly notes: RunNotes
  readonly steps: readonly StepData[]
  readonly cards: readonly AgentCardData[]
  readonly canRetry: boolean
  readonly onChoose: (chosen: Chosen) => void
  readonly onOpen: (text: CallText) => void
  readonly onClose: () => void
}

/** All about the step or the agent that was chosen. */
export function SidePanel(props: SidePanelProps) {
  const { chosen, run, notes, steps, cards, canRetry, onChoose, onOpen, onClose } = props
  const { kind, id } = chosen
  if (kind === 'agent') {
    const card = cards.find((one) => one.id === id)
    const history = historyOf(run, id).flatMap(
      ({ task }) => steps.find((one) => one.id === task.task_id) ?? [],
    )
    const messages = waitingMessages(run, notes, id)
    return (
      card && (
        <AgentPanel
          card={card}
          history={history}
          hasEnded={run.outcome !== null}
          waiting={shownMessages({ ...run, messages }, notes.messages, shortName)}
          onStep={(step) => onChoose({ kind: 'step', id: step })}
          onClose={onClose}
        />
      )
    )
  }
  const step = steps.find((one) => one.id === id)
  const state = run.tasks[id]
  return (
    step &&
    state && (
      <StepPanel
        key={id}
        step={step}
        state={state}
        omissions={run.omissions.filter(({ task }) => task === id)}
        reasons={Object.fromEntries(
          state.calls.map((call) => [call.id, notes.calls[call.id]?.reason ?? null]),
        )}
        hasEnded={run.outcome !== null}
        canRetry={canRetry}
        onRetry={async () => void (await attempt(() => retryStep(id)))}
        onOpen={onOpen}
        onClose={onClose}
      />
    )
  )
}
