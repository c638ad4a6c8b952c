import { agentStates, type AgentState } from '../../../shared/agent-state.ts'
import type { AgentRole } from '../../../shared/agent.ts'
import type { CallState, Run, TaskState } from '../../../shared/run.ts'
import { isRefusedStep } from '../../../shared/standing.ts'
import type { AgentCardData, CardNote } from '../../components/run/card.ts'
import { asButtons } from '../../as-buttons.ts'
import type { CallNote, RunNotes } from '../../stores/run-notes.ts'
import { runStrings } from '../../strings-run.ts'
import { strings } from '../../strings.ts'
import { aboutOf, lastCall, needsOf, plannedFiles, stepOfAgent, timesOf, wasStopped } from './step-words.ts'
import { waitingMessages } from './waiting-messages.ts'

const words = runStrings.card

/** The cards of a run's agents, in the order of the team. `names` says what a role is called. */
export function agentCards(
  run: Run,
  notes: RunNotes,
  names: (role: AgentRole) => string,
  canRetry: boolean,
): AgentCardData[] {
  return agentStates(run).map((agent) => cardOf(run, notes, agent, names, canRetry))
}

function cardOf(
  run: Run,
  notes: RunNotes,
  agent: AgentState,
  names: (role: AgentRole) => string,
  canRetry: boolean,
): AgentCardData {
  const { agent_id: id, role, status } = agent
  const step = stepOfAgent(run, id)
  const call = step && lastCall(step)
  const note = call && notes.calls[call.id]
  const isWaitingForSlot = status === 'waiting' && call?.status === 'queued'
  const lines = isWaitingForSlot
    ? [words.freeSlot, ...slotHolders(run, names)]
    : status === 'idle'
      ? idleLines(run, step)
      : status === 'error' && step
        ? reasonsOf(step)
        : []
  return {
    id,
    role,
    name: names(role),
    status,
    word: wordOf(status, step, call),
    task: step ? taskLine(run, step, call) : '',
    taskId: step?.task.task_id ?? null,
    current: agent.current_task,
    completed: agent.completed_tasks,
    waiting: waitingMessages(run, notes, id).length,
    call: call?.id ?? null,
    lines,
    note: noteOf(run, agent, step, call, note),
    tokens: step ? endedTokens(step) : 0,
    ...(step ? timesOf(run, step) : { from: null, to: null }),
    promptTokens: call?.answer?.usage.prompt ?? call?.promptTokens ?? 0,
    answerTokens: call?.answer?.usage.completion ?? 0,
    answerSpeed: call?.answer ? (call.answer.usage.completion * 1000) / Math.max(1, call.answer.ms) : null,
    window: run.window,
    canRetry: canRetry && status === 'error' && step?.status === 'failed',
  }
}

const endedTokens = ({ calls }: TaskState) =>
  calls.reduce((sum, { answer, status }) => sum + (status === 'ended' ? answer!.usage.completion : 0), 0)

function wordOf(status: AgentState['status'], step?: TaskState, call?: CallState): string {
  if (status === 'waiting') return call?.status === 'queued' ? words.waitingSlot : words.waitingRetry
  if (status === 'completed' && step?.status === 'gated') return words.atGate
  if (step && isRefusedStep(step)) return words.refused
  return strings.status[status]
}

function taskLine(run: Run, step: TaskState, call: CallState | undefined): string {
  const { description } = step.task
  if (step.status !== 'running' || !call) return description
  const about = aboutOf(call.part)
  if (!about) return description
  const files = plannedFiles(run, step)
  const index = files.findIndex(({ path }) => path === about)
  const place = index === -1 ? '' : `, ${words.fileOf(index + 1, files.length)}`
  return `${description}: ${about}${place}`
}

/** Who keeps the slots busy, so that a person sees what is waited for. */
function slotHolders(run: Run, names: (role: AgentRole) => string): string[] {
  return Object.values(run.tasks).flatMap((state) => {
    const call = state.calls.find(({ status }) => status === 'streaming')
    const role = run.agents.find(({ agent_id }) => agent_id === state.agent)?.role
    return call && role && state.status === 'running' ? [words.slotHeld(names(role), aboutOf(call.part))] : []
  })
}

function idleLines(run: Run, step: TaskState | undefined): string[] {
  if (!step) return [words.noStep]
  if (step.status === 'blocked') return reasonsOf(step)
  if (wasStopped(run, step)) return [words.stopped]
  if (run.outcome !== null) return [words.neverBegan]
  const open = step.task.dependencies.filter((need) => run.tasks[need]?.status !== 'completed')
  const needs = needsOf(run, { ...step, task: { ...step.task, dependencies: open } })
  const planned = plannedFiles(run, step).map(({ path }) => words.planned(path))
  return [words.startsAfter(needs), ...(planned.length > 0 ? ['', ...planned] : [])]
}

const quiet = (text: string): CardNote => ({
  tone: 'quiet',
  text,
  since: null,
  until: null,
  detail: '',
})

function noteOf(
  run: Run,
  { status }: AgentState,
  step: TaskState | undefined,
  call: CallState | undefined,
  note: CallNote | undefined,
): CardNote {
  if (!step) return quiet(words.nothingLeft)
  switch (status) {
    case 'idle':
      if (wasStopped(run, step)) return quiet(words.stoppedNote)
      return quiet(step.status === 'blocked' || run.outcome !== null ? words.notRun : words.nothingYet)
    case 'waiting':
      return call ? waitingNote(call, note) : quiet(words.preparing)
    case 'working':
      return call ? workingNote(call, note) : quiet(words.preparing)
    case 'error':
      return { ...quiet(words.again), tone: 'error' }
    case 'completed': {
      if (step.stale) return { ...quiet(words.stale(step.stale)), tone: 'waiting' }
      if (step.status === 'gated') return { ...quiet(words.gate), tone: 'waiting' }
      return { ...quiet(step.task.result?.summary ?? ''), tone: 'good' }
    }
  }
}

const reasonsOf = ({ task }: TaskState) =>
  [task.error?.message ?? '', asButtons(task.error?.hint ?? '')].filter(Boolean)

function waitingNote(call: CallState, note: CallNote | undefined): CardNote {
  const waiting = { tone: 'waiting', since: null, until: null, detail: '' } as const
  if (call.status === 'queued') return { ...waiting, text: words.queue, since: note?.queuedAt ?? null }
  const ended = note?.endedAt
  const until = ended ? new Date(Date.parse(ended) + (note.retryIn ?? 0)).toISOString() : null
  return { ...waiting, text: words.retryIn, until, detail: call.error?.message ?? '' }
}

function workingNote(call: CallState, note: CallNote | undefined): CardNote {
  if (call.status !== 'streaming') return quiet(words.between)
  if (call.purpose === 'first') return quiet(words.prompt(call.promptTokens))
  const why = [runStrings.purposes[call.purpose], note?.reason].filter(Boolean).join(': ')
  return { ...quiet(why), tone: 'waiting' }
}
