import { memo } from 'react'
import type { Run } from '../../../shared/run.ts'
import { AgentCard } from '../../components/run/agent-card.tsx'
import type { AgentCardData } from '../../components/run/card.ts'
import type { CallText } from '../../components/run/step-panel.tsx'
import { attempt } from './attempt.ts'
import { retryStep } from '../../stores/run-control.ts'
import { streamOf } from './run-texts.ts'
import { FactsCard } from './facts-card.tsx'

type CardsProps = {
  readonly cards: readonly AgentCardData[]
  readonly run: Run
  readonly onOpen: (text: CallText) => void
  /** All about the agent is asked for. */
  readonly onLook: (agent: string) => void
}

/** The agents of a run, side by side; a cell that is left over says what came of the run so far. */
export function Cards({ cards, run, onOpen, onLook }: CardsProps) {
  return (
    <section
      aria-label="Agents"
      className="grid min-h-0 flex-1 auto-rows-[minmax(200px,1fr)] grid-cols-2 gap-3 overflow-auto px-4 py-3 lg:auto-rows-[minmax(184px,1fr)] lg:grid-cols-3 2xl:gap-4 2xl:px-6 2xl:py-4"
    >
      {cards.map((card) => (
        <Card key={card.id} card={card} run={run} onOpen={onOpen} onLook={onLook} />
      ))}
      <FactsCard run={run} />
    </section>
  )
}

type CardProps = { readonly card: AgentCardData } & Omit<CardsProps, 'cards'>

const Card = memo(function Card({ card, run, onOpen, onLook }: CardProps) {
  const { call, taskId } = card
  const part = run.tasks[taskId ?? '']?.calls.find(({ id }) => id === call)?.part
  return (
    <AgentCard
      card={card}
      stream={call === null || card.lines.length > 0 ? null : streamOf(call)}
      onOpen={() => call !== null && part !== undefined && onOpen({ call, part, what: 'answer' })}
      onLook={() => onLook(card.id)}
      onRetry={() => taskId !== null && void attempt(() => retryStep(taskId))}
    />
  )
})
