import type { Run } from '../../../shared/run.ts'
import { standingIn, stepName } from '../../../shared/standing.ts'
import type { AgentCardData } from '../../components/run/card.ts'
import { runStrings } from '../../strings-run.ts'

/** What those who listen instead of look are told: `urgent` interrupts, and only the end of a run does. */
export type Said = { readonly polite: string; readonly urgent: string }
type Seen = { readonly run: Run; readonly cards: readonly AgentCardData[] }

const words = runStrings.live

/** Whole sentences for what changed between two moments of a run: states of agents, gates, pauses, its end. */
export function announce(before: Seen, now: Seen): Said {
  const changed = now.cards.filter(
    ({ id, word }) => before.cards.find((card) => card.id === id)?.word !== word,
  )
  const gates = Object.values(now.run.tasks).filter(
    ({ status, task }) => status === 'gated' && before.run.tasks[task.task_id]?.status !== 'gated',
  )
  const control =
    now.run.control === before.run.control || now.run.control === 'cancel'
      ? []
      : [now.run.control === 'pause' ? words.paused : words.goesOn]
  const ended = before.run.outcome === null ? now.run.outcome : null
  return {
    polite: [
      ...control,
      ...gates.map((state) => words.gate(stepName(state))),
      ...changed.map(({ name, word }) => words.status(name, word)),
    ].join(' '),
    urgent: ended ? words.ended(standingIn(now.run, ended)) : '',
  }
}
