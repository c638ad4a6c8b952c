import { counted } from '../../shared/counted.ts'
import { AppError } from '../../shared/errors.ts'
import type { RunSummary } from '../../shared/contract.ts'
import type { Run, TaskState } from '../../shared/run.ts'
import { applyEvent, emptyRun } from '../../shared/run.ts'
import { stepName } from '../../shared/standing.ts'
import type { App } from '../core/app.ts'
import { printable } from './format.ts'
import { leadRun, type ScreenOptions } from './lead-run.ts'
import { print } from './print.ts'
import { asTyped } from './program-name.ts'

/** Goes on with a run: here, or in the process that leads it. Returns the exit code. */
export async function resume(app: App, id: string | undefined, options: ScreenOptions): Promise<number> {
  const resumed = await app.run.resume(id === undefined ? {} : { id })
  if (resumed.here) return leadRun(app, resumed.id, options)
  if (!options.json) print(`${resumed.id} goes on, in the process that leads it.`)
  return 0
}

/** Asks a run to make no further call; whoever leads it stays. */
export async function pause(app: App, id: string): Promise<number> {
  await app.run.pause({ id })
  print(
    `${id} pauses: calls under way come to their end, and no new one is made.`,
    asTyped(`To go on: paddock resume ${id}`),
  )
  return 0
}

/** Ends a run, whoever leads it, and waits until it has ended. */
export async function cancel(app: App, id: string): Promise<number> {
  await app.run.cancel({ id })
  print(`${id} has ended.`)
  return 0
}

type GateOptions = { open?: boolean; close?: boolean; comment?: string }

/** Decides a gate: what rests on its step goes on, or cannot. */
export async function decideGate(app: App, id: string, step: string, options: GateOptions): Promise<number> {
  const { open = false, close = false, comment = '' } = options
  if (open === close)
    throw new AppError('invalid', 'Say what to do with the gate.', {
      hint: `Open it: paddock gate ${id} ${step} --open; or close it: paddock gate ${id} ${step} --close`,
    })
  const state = stepOf(await readRun(app, id), step)
  await app.run.gate({ id, task: state.task.task_id, open, comment })
  print(
    `The gate after step ${stepName(state)} (${printable(state.task.description)}) is ${open ? 'open' : 'closed'}.`,
  )
  const status = await statusOf(app, id)
  if (status === 'running') return 0
  const next = open ? 'To go on' : 'What rests on the step is not run. To have the step done again'
  print(asTyped(`The run is ${status}. ${next}: paddock resume ${id}`))
  return 0
}

/** A step by its number or its task's id; throws `not-found` with those there are. */
function stepOf({ id, tasks }: Run, step: string): TaskState {
  const states = Object.values(tasks)
  const state = states.find((one) => stepName(one) === step || one.task.task_id === step)
  if (state) return state
  throw new AppError('not-found', `The run ${id} has no step ${step}.`, {
    hint: `Steps: ${states.map((one) => stepName(one)).join(', ')}`,
  })
}

/** Writes drafts to the workspace; returns the exit code: 1 when a named file could not be written. */
export async function accept(app: App, id: string, paths: readonly string[]): Promise<number> {
  const { written, already, held } = await app.run.accept({
    id,
    ...(paths.length > 0 ? { paths: [...paths] } : {}),
  })
  print(
    ...written.map((path) => `Written: ${printable(path)}`),
    ...held.map(({ path, reason }) => `Held back: ${printable(path)}: ${printable(reason)}`),
  )
  if (written.length === 0 && already.length > 0) print('Nothing was left to write.')
  if (already.length > 0) print(`Already there: ${counted(already.length, 'file')}`)
  if (written.length + already.length + held.length === 0) print('The run has no files.')
  if (held.length > 0 && paths.length === 0)
    print(asTyped(`To write one of those all the same: paddock accept ${id} PATH`))
  return paths.length > 0 && held.length > 0 ? 1 : 0
}

/** A run as its events tell of it. */
export const readRun = async (app: App, id: string): Promise<Run> =>
  (await app.run.events({ id })).reduce(applyEvent, emptyRun)

async function statusOf(app: App, id: string): Promise<RunSummary['status'] | undefined> {
  return (await app.run.list()).find((run) => run.id === id)?.status
}
