import type { FileVersion, Run } from '../../../shared/run.ts'
import { stepName } from '../../../shared/standing.ts'
import type { Origin } from '../../components/review/origin-panel.tsx'
import { reviewStrings } from '../../strings-review.ts'

/** Where a version came from, as far as the run's events tell. */
export function originOf(run: Run, version: FileVersion): Origin {
  const state = run.tasks[version.task]
  const isYours = version.agent === 'you'
  // A file that a step made of its answer names no call: the answer is the last one.
  const call =
    state?.calls.find(({ id }) => id === version.call) ??
    (isYours ? undefined : state?.calls.findLast(({ answer }) => answer !== null))
  const agent = state?.agent ?? version.agent
  return {
    role: run.agents.find(({ agent_id }) => agent_id === agent)?.role ?? agent,
    step: state ? stepName(state) : version.task,
    stepTitle: state?.task.description ?? '',
    isYours,
    attempt: state?.attempt ?? 1,
    calls: state?.calls.filter(({ part, status }) => part === call?.part && status !== 'void').length ?? 0,
    promptTokens: call?.promptTokens ?? 0,
    cached: call?.answer?.usage.cached ?? null,
    answerTokens: call?.answer?.usage.completion ?? null,
    finish: call?.answer?.finish ?? null,
    ms: call?.answer?.ms ?? null,
    model: run.rehearsal ? reviewStrings.origin.rehearsal : (run.model ?? ''),
    how: reviewStrings.origin.hows[version.how],
    part: call?.part ?? version.path,
    hasPrompt: call?.prompt != null,
  }
}
