import { counted } from '../shared/counted.ts'
import type { CallPurpose } from '../shared/run-event.ts'
import type { Standing } from '../shared/standing.ts'
import { strings } from './strings.ts'

const listed = (items: readonly (string | number)[]) =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`

/** Where a run stands: as its line in the list says, and `stopping` until it has. */
export type Phase = Standing | 'stopping'

const phases: Record<Phase, string> = { ...strings.status, stopping: 'Stopping' }
const purposes: Record<CallPurpose, string> = {
  first: '',
  retry: 'Trying again',
  continue: 'Going on with the answer',
  again: 'Asked again',
}

/** Every word of the run screen. */
export const runStrings = {
  phases,
  purposes,
  listed,
  header: {
    step: 'Step',
    gatedAt: (steps: readonly string[]) => `at step ${listed(steps)}`,
    elapsed: 'At work',
    elapsedTitle: 'Time at work. Pauses, and time in which nobody led the run, are not counted.',
    stepsDone: (done: number, all: number) => `${done} of ${counted(all, 'step')} completed`,
    stepOf: (step: number, all: number) => `${step} of ${all}`,
    pause: strings.verbs.pause,
    goOn: 'Go on',
    resume: strings.verbs.resume,
    stop: strings.verbs.stop,
    review: (files: number) => `Review ${counted(files, 'file')}`,
    loading: 'Opening the run',
  },
  stop: {
    title: 'Stop this run?',
    kept: (steps: number, files: number) =>
      steps === 0 && files === 0
        ? 'Nothing has been completed yet. The answer that is under way ends here; what came of it can still be read.'
        : `${counted(steps, 'completed step')} and ${counted(files, 'file')} are kept. What is under way ends here.`,
    later: 'The run can be resumed later from where it stands.',
    confirm: 'Stop the run',
  },
  pausedBanner:
    'The run is paused. A call under way comes to its end, and no other is made until you go on; everything completed is kept.',
  interruptedBanner:
    'No process leads this run any more. Everything completed is kept; resume goes on from there.',
  stoppedBanner: 'The run was stopped. Everything completed is kept; resume goes on from there.',
  failedBanner: (steps: readonly string[], reason: string | undefined) =>
    `${listed(steps)} did not come to an end${steps.length === 1 && reason ? `: ${reason}` : '.'}`,
  failedHint: (hint: string | undefined) =>
    ['Everything else is kept; resume tries what failed once more.', hint].filter(Boolean).join(' '),
  refusedHint:
    'What rests on it was not run. Everything made is kept; resume has the refused step done again.',
  graph: {
    label: 'Workflow',
    showList: 'Show as a list',
    showGraph: 'Show as a graph',
    pending: (needs: readonly (string | number)[]) =>
      needs.length === 0 ? 'starts next' : `after ${listed(needs)}`,
    neverBegan: 'not begun',
    stopped: 'stopped',
    queued: 'queued',
    gated: 'waits for you',
    blocked: 'not run',
    failed: 'failed',
    refused: 'refused',
    stale: 'stale',
    files: (files: number) => counted(files, 'file'),
    again: (attempt: number) => `time ${attempt}`,
  },
  card: {
    enter: 'Full text',
    waitingSlot: 'Waiting for a slot',
    waitingRetry: 'Waiting to retry',
    atGate: 'Completed, at a gate',
    refused: 'Refused at its gate',
    again: 'It can run again once the run ends.',
    noStep: 'No step of this workflow is for this agent.',
    startsAfter: (steps: readonly (string | number)[]) =>
      steps.length === 0
        ? 'Starts as soon as a slot is free'
        : steps.length === 1
          ? `Starts after step ${steps[0]}`
          : `Starts after steps ${listed(steps)}`,
    planned: (path: string) => `planned  ${path}`,
    slotHeld: (name: string, about: string) => (about ? `${name}  ${about}` : name),
    freeSlot: 'Waits for a slot, held by',
    neverBegan: 'The run ended before this step began. Resume goes on with it.',
    stopped: 'Stopped under way. What it had is kept; Resume goes on with it.',
    nothingYet: 'Nothing to do yet',
    nothingLeft: 'Nothing left to do',
    notRun: 'Not run',
    stoppedNote: 'Stopped',
    queue: 'In the queue for',
    retryIn: 'Tries again',
    fileOf: (file: number, files: number) => `file ${file} of ${files}`,
    preparing: 'Prepares the question',
    between: 'Reads the answer',
    prompt: (tokens: number) => `Prompt of ${counted(tokens, 'token')}`,
    stale: (reason: string) => `Stale: ${reason}`,
    gate: 'Waits for your decision',
    blocked: (reason: string) => reason,
    tokensPerSecond: 'tok/s',
    tokens: 'tokens',
    context: 'Context of the slot',
    contextOf: (used: string, all: string) => `${used} / ${all}`,
    retry: 'Run again',
    look: 'Completed steps, and messages that wait',
    completed: (steps: number) => `${steps === 1 ? 'step' : 'steps'} completed,`,
    waiting: (messages: number) => `${messages === 1 ? 'message' : 'messages'} waiting`,
    newLines: (lines: number) => `${counted(lines, 'new line')}`,
    follow: 'Follow again',
  },
  facts: {
    soFar: 'Files so far',
    made: 'Files made',
    open: 'Open review',
    notRun: 'None of this code was run',
    whole: 'Whole',
    incomplete: 'Incomplete',
    conflicts: 'In conflict',
    unplaced: 'Without a name',
    tokens: 'Tokens',
    inAndOut: (into: string, out: string) => `${into} in, ${out} out`,
    model: 'Model',
    recorded: 'None: recorded answers',
    workspace: 'Workspace',
  },
  messages: {
    title: 'Messages',
    none: 'No messages yet. Agents write here when they hand over.',
    wereNone: 'No messages. No agent handed anything over in this run.',
    route: (from: string, to: string) => `${from} to ${to}`,
    everyone: 'everyone',
    /** Short names, so that two of them and an hour fit in a line. */
    short: { qa_engineer: 'QA', devops_engineer: 'DevOps', technical_writer: 'Writer' } as Readonly<
      Record<string, string>
    >,
    kinds: { 'hand-off': 'Hand-off', 'bug-report': 'Bug', remark: 'Remark', note: 'Note' },
    more: 'Show all',
    less: 'Show less',
  },
  log: {
    title: 'Log',
    none: 'Nothing logged at this level.',
    levels: {
      debug: { name: 'DEBUG', label: 'Debug and above', hint: strings.levels.DEBUG },
      info: { name: 'INFO', label: 'Info and above', hint: strings.levels.INFO },
      warn: { name: 'WARNING', label: 'Warnings and errors', hint: strings.levels.WARNING },
      error: { name: 'ERROR', label: 'Errors', hint: strings.levels.ERROR },
    },
    show: 'Open the log',
    hide: 'Close the log',
    cause: 'Cause',
    kind: (code: string) => `Kind of error: ${code}`,
    open: (about: string) => `Question left open: ${about || 'the step'}`,
    call: (id: string, fault: string) => `Call ${id}: ${fault}`,
    trace: 'Its trace is in the log file, which the settings name under This machine.',
  },
  step: {
    title: (step: string) => `Step ${step}`,
    close: 'Close the step',
    status: 'State',
    attempt: (attempt: number) => `time ${attempt}`,
    calls: 'Calls',
    noCalls: 'Nothing was asked of the model yet.',
    wereNoCalls: 'Nothing was asked of the model.',
    prompt: 'Prompt',
    answer: 'Answer',
    again: 'Run this step again',
    againHint: 'Asks every question of this step anew. What was built on it becomes stale.',
    againLater: 'A step can be run again once the run has ended or is stopped.',
    retrying: 'Starting',
    left: (part: string) => `Left out of the prompt for ${part}`,
    leftItem: (what: string, kept: number, tokens: number) =>
      `${what}: ${kept} of ${counted(tokens, 'token')} kept`,
    assumptions: 'Assumptions',
  },
  agent: {
    id: 'Agent',
    role: 'Role',
    status: 'State',
    current: 'Current task',
    noTask: 'None',
    completed: 'Completed tasks',
    history: 'History',
    noHistory: 'It has ended no step yet.',
    wasNoHistory: 'It ended no step in this run.',
    waiting: (messages: number) => `Messages waiting ${messages}`,
    waitingHint: 'They stand in its next prompt.',
    noneWaits: 'None: it has read what it was told.',
    close: 'Close the agent',
  },
  gate: {
    title: (step: string) => `Step ${step} waits for your decision`,
    text: 'Look at what it made. Open the gate and the steps behind it go on; close it and they do not run.',
    comment: 'Comment, kept with the decision (optional)',
    open: 'Open the gate',
    close: 'Close the gate',
    look: 'Look at the files',
  },
  text: {
    answerOf: (about: string) => (about ? `Answer: ${about}` : 'Answer'),
    promptOf: (about: string) => (about ? `Prompt: ${about}` : 'Prompt'),
    loading: 'Reading',
    failed: 'The text cannot be read.',
    copy: 'Copy',
    copied: 'Copied',
    close: 'Close',
    lines: (lines: number) => counted(lines, 'line'),
    marked: (from: number, to: number) => `lines ${from} to ${to} became this file`,
    brokeOff: 'The stream broke off here.',
    cutOff: 'The answer was cut off at its token limit.',
    loop: 'The answer repeated itself and was cut off.',
    roles: { system: 'System message', user: 'Question', assistant: 'Answer' } as Readonly<
      Record<string, string>
    >,
  },
  commands: {
    pause: 'Pause the run',
    goOn: 'Go on with the run',
    stop: 'Stop the run',
    list: 'Graph or list of the steps',
    log: 'Open or close the log',
    review: 'Review the files',
    close: 'Close the step',
    agent: (name: string) => `Go to the card: ${name}`,
  },
  live: {
    status: (name: string, word: string) => `${name}: ${word.toLowerCase()}.`,
    gate: (step: string) => `Step ${step} waits for your decision.`,
    ended: (standing: Standing) => `The run has ended: ${phases[standing].toLowerCase()}.`,
    paused: 'The run is paused.',
    goesOn: 'The run goes on.',
  },
}
