import { resolve } from 'node:path'
import { count, counted } from '../../shared/counted.ts'
import { inWords } from '../../shared/duration.ts'
import type { Change } from '../../shared/change.ts'
import type { CodeInput } from '../../shared/code.ts'
import type { Run, TaskState } from '../../shared/run.ts'
import { isRefusedStep, standingIn, stepName, waitingGates } from '../../shared/standing.ts'
import { countExtracted } from '../core/outputs/build-result.ts'
import { errorText, printable, tableLines, wrap } from './format.ts'
import { gateLine, stepWord } from './gates.ts'
import { asTyped } from './program-name.ts'

/** Paths that one line names at most. */
const most = 8

/** What a person wants to know when a run has ended, or stands still. */
export function endingLines(run: Run, changes: readonly Change[], width: number): string[] {
  const workspace = printable(run.workspace)
  const output = resolve(workspace, 'output')
  const states = Object.values(run.tasks)
  const made = changes.filter(({ path }) => isWhole(run, path))
  const written = changes.filter((change) => change.written)
  const waiting = made.filter((change) => !change.written && change.held === null)
  const labelled: [label: string, text: string][] = [
    ['Steps', stepsLine(run)],
    ['Made', namesLine(made.map(({ path }) => path))],
    ...codeLines(run.code),
  ]
  const first = `${run.rehearsal ? 'REHEARSAL ' : ''}Run ${run.id}: ${stateOf(run)}. No generated code was run: every verdict is "not run".`
  return [
    ...wrap(first, width),
    ...labelled.flatMap(([label, text]) => tableLines([[`  ${`${label}:`.padEnd(9)}`, text]], width)),
    ...(run.outcome
      ? [
          `  Summary:   ${resolve(output, `workflow_summary_${run.id}.md`)}`,
          `  Files:     ${resolve(output, 'generated', run.id, 'merged')}`,
        ]
      : []),
    ...(written.length > 0 ? [`  Written:   ${counted(written.length, 'file')} to ${workspace}`] : []),
    ...heading('Refused', errorsOf(states.filter(isRefusedStep)), width),
    ...heading('Failed', errorsOf(states.filter((state) => !isRefusedStep(state))), width),
    ...heading('Not made', notMade(run), width),
    ...heading('Held back', heldBack(changes), width),
    ...heading('Could not be written', refused(changes), width),
    ...nextSteps(run, waiting.length),
  ]
}

const isWhole = (run: Run, path: string): boolean => {
  const file = Object.hasOwn(run.files, path) ? run.files[path] : undefined
  return file !== undefined && file.conflict.length === 0 && file.versions.at(-1)?.complete === true
}

function stateOf(run: Run): string {
  const { outcome, control } = run
  if (outcome) return standingIn(run, outcome) === 'refused' ? 'refused at a gate' : outcome
  if (control === 'pause') return 'paused'
  return waitingGates(run).length > 0 ? 'waits for your decision' : 'not ended'
}

function stepsLine({ tasks, createdAt, endedAt }: Run): string {
  const states = Object.values(tasks)
  const done = states.filter(({ status }) => status === 'completed').length
  const others = Map.groupBy(
    states.filter(({ status }) => status !== 'completed'),
    (state) => stepWord(state),
  )
  const rest = [...others].map(([status, some]) => `${some.length} ${status}`)
  const took = endedAt === null ? [] : [inWords(Date.parse(endedAt) - Date.parse(createdAt))]
  return [`${done} of ${states.length} done`, ...rest, ...took].join(', ')
}

const namesLine = (paths: readonly string[]): string =>
  paths.length === 0 ? 'no file' : `${counted(paths.length, 'file')}: ${nameSome(paths)}`

function nameSome(paths: readonly string[]): string {
  const named = paths.slice(0, most).map((path) => printable(path))
  return [...named, ...(paths.length > most ? [`and ${count(paths.length - most)} more`] : [])].join(', ')
}

function codeLines({ files, left_out }: CodeInput): [label: string, text: string][] {
  if (files.length + left_out.length === 0) return []
  const reasons = Map.groupBy(left_out, ({ reason }) => reason)
  const left = [...reasons].map(
    ([reason, some]) => `${nameSome(some.map(({ path }) => path))} (${printable(reason)})`,
  )
  const named = left.slice(0, most).join('; ')
  return [
    ['Read', namesLine(files.map(({ path }) => path))],
    ...(left_out.length > 0
      ? [['Left out', `${counted(left_out.length, 'file')}: ${named}`] as [string, string]]
      : []),
  ]
}

const errorsOf = (states: readonly TaskState[]): string[] =>
  states.flatMap((state) =>
    state.status === 'failed' && state.task.error
      ? errorText({
          ...state.task.error,
          message: `Step ${stepName(state)}: ${state.task.error.message}`,
        }).split('\n')
      : [],
  )

function notMade(run: Run): string[] {
  const planned = Object.values(run.tasks).flatMap(({ plan }) => plan ?? [])
  const missing = planned.map(({ path }) => path).filter((path) => !Object.hasOwn(run.files, path))
  const { incomplete, elided, conflicts, unplaced } = countExtracted(run)
  return [
    ...(incomplete > 0 ? [`${counted(incomplete, 'file')} incomplete`] : []),
    ...(elided > 0 ? [`${counted(elided, 'file')} with lines left out`] : []),
    ...(conflicts > 0 ? [`${counted(conflicts, 'file')} claimed by several versions`] : []),
    ...(missing.length > 0 ? [nameSome(missing)] : []),
    ...(unplaced > 0 ? [`${counted(unplaced, 'block')} without a sure name: the summary tells of them`] : []),
  ]
}

const heldBack = (changes: readonly Change[]): string[] =>
  changes
    .filter((change) => !change.written && change.held !== null)
    .map(({ path, held }) => `${printable(path)}: ${printable(held ?? '')}`)

const refused = (changes: readonly Change[]): string[] =>
  changes.flatMap((change) =>
    change.written || change.held !== null || change.refused === null ? [] : [printable(change.refused)],
  )

const heading = (name: string, lines: readonly string[], width: number) =>
  lines.length === 0
    ? []
    : [
        `  ${name}:`,
        ...lines.flatMap((line) =>
          wrap(line, width - 6).map((one, index) => `    ${index > 0 ? '  ' : ''}${one}`),
        ),
      ]

function nextSteps(run: Run, waiting: number): string[] {
  const goOn = run.outcome !== null && run.outcome !== 'completed'
  return [
    ...(waiting > 0
      ? [`  To write ${counted(waiting, 'file')} to the workspace: paddock accept ${run.id}`]
      : []),
    ...waitingGates(run).map((state) => `  ${gateLine(run, state)}`),
    ...(goOn || run.outcome === null ? [`  To go on: paddock resume ${run.id}`] : []),
    ...(run.rehearsal && run.outcome === 'completed'
      ? [
          '  With a model and a document of your own: paddock run DOCUMENT',
          '  What is missing for that: paddock doctor',
        ]
      : []),
  ].map((line) => asTyped(line))
}
