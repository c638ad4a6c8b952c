import type { Change } from '../../shared/change.ts'
import { count, counted } from '../../shared/counted.ts'
import { inWords } from '../../shared/duration.ts'
import type { Run, TaskState } from '../../shared/run.ts'
import { stepName } from '../../shared/standing.ts'
import { endingLines } from './ending.ts'
import { clip, errorText, partOf, printable, tableLines, wrap } from './format.ts'
import { stepWord } from './gates.ts'

/** Characters of a message that are shown: what is handed over is what the steps say already. `--json` has all of it. */
const messageWidth = { 'hand-off': 150, 'bug-report': 600, remark: 600, note: 600 }
/** Files of the code given that are named. */
const mostFiles = 20

/** A run as somebody reads it who was not there. */
export function runLines(run: Run, changes: readonly Change[], width: number): string[] {
  return [
    `${printable(run.workflow.name)} in ${printable(run.workspace)}`,
    '',
    ...Object.values(run.tasks).flatMap((state) => stepLines(state, width)),
    ...section('Code that was given', tableLines(codeRows(run), width)),
    ...section('Said between agents', messageLines(run, width)),
    '',
    ...endingLines(run, changes, width),
  ]
}

/** Each call of a run: its id, what it is about, what became of it, and what it took. */
export const callRows = (run: Run): string[][] =>
  Object.values(run.tasks).flatMap(({ calls }) =>
    calls.map((call) => [
      call.id,
      call.status,
      call.answer ? inWords(call.answer.ms) : '',
      call.answer ? counted(call.answer.usage.completion, 'token') : '',
      printable(partOf(call)),
    ]),
  )

function stepLines(state: TaskState, width: number): string[] {
  const { task, agent, attempt, calls, stale } = state
  const time = calls.reduce((sum, { answer }) => sum + (answer?.ms ?? 0), 0)
  const spent = [
    ...(attempt > 1 ? [`attempt ${attempt}`] : []),
    ...(calls.length > 0 ? [counted(calls.length, 'call'), inWords(time)] : []),
  ]
  const note = task.error ? errorText(task.error).split('\n') : [printable(task.result?.summary ?? '')]
  const first = [
    stepName(state).padStart(2),
    stepWord(state).padEnd(9),
    (agent ?? '').padEnd(10),
    printable(task.description),
  ]
  return [
    `${first.join('  ')}${spent.length > 0 ? ` (${spent.join(', ')})` : ''}`,
    ...(stale ? [`    Stale: ${printable(stale)}.`] : []),
    ...note.filter((line) => line !== '').flatMap((line) => wrap(line, width - 4).map((one) => `    ${one}`)),
  ]
}

function codeRows({ code: { files, left_out }, changedCode }: Run): string[][] {
  const given = files
    .slice(0, mostFiles)
    .map(({ path, tokens, why }) => [
      `  ${printable(path)}`,
      counted(tokens, 'token'),
      `${printable(why)}${Object.hasOwn(changedCode, path) ? '; it has changed since' : ''}`,
    ])
  const more = files.length - given.length
  const left = left_out
    .slice(0, mostFiles)
    .map(({ path, reason }) => [`  ${printable(path)}`, 'left out', printable(reason)])
  const moreLeft = left_out.length - left.length
  return [
    ...given,
    ...(more > 0 ? [[`  and ${count(more)} more`, '', '']] : []),
    ...left,
    ...(moreLeft > 0 ? [[`  and ${count(moreLeft)} more`, 'left out', '']] : []),
  ]
}

const messageLines = ({ messages }: Run, width: number): string[] =>
  messages.flatMap(({ from_agent, to_agent, kind, content }) => [
    `  ${printable(from_agent)} to ${printable(to_agent)}, ${kind}:`,
    ...wrap(clip(printable(content), messageWidth[kind]), width - 4).map((line) => `    ${line}`),
  ])

const section = (name: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', name, ...lines]
