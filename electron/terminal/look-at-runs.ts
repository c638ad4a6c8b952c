import { count } from '../../shared/counted.ts'
import { AppError } from '../../shared/errors.ts'
import type { App } from '../core/app.ts'
import { readRun } from './control-run.ts'
import { clip, printable, printableText, tableLines } from './format.ts'
import { standingWord } from './gates.ts'
import { outputWidth, print, printJson } from './print.ts'
import { asTyped } from './program-name.ts'
import { callRows, runLines } from './run-lines.ts'

type JsonOption = { json?: boolean }

const noRunYet = 'Start one: paddock run DOCUMENT, or paddock rehearse'

/** Prints every run, newest first. */
export async function list(app: App, { json }: JsonOption): Promise<number> {
  const runs = await app.run.list()
  if (json) printJson(runs)
  else if (runs.length === 0) print(asTyped(`There is no run yet. ${noRunYet}`))
  else {
    const rows = runs.map((run) => [
      run.id,
      standingWord(run),
      printable(run.workflow),
      `${run.rehearsal ? 'REHEARSAL ' : ''}${printable(run.title)}`,
    ])
    const width = Math.min(outputWidth(), 120)
    print(...tableLines(rows, Infinity).map((line) => clip(line, width)))
  }
  return 0
}

/** Prints a run: its steps, what was said, its files and where its outputs are. The latest without an id. */
export async function show(app: App, id: string | undefined, { json }: JsonOption): Promise<number> {
  const run = await readRun(app, id ?? (await latestRun(app)))
  if (json) printJson(run)
  else {
    // A workspace that is gone has no changes to tell of.
    const changes = await app.run.changes({ id: run.id }).catch((error: unknown) => AppError.from(error))
    print(...runLines(run, changes instanceof AppError ? [] : changes, outputWidth()))
    if (changes instanceof AppError) print(`  ${printable(changes.message)}`)
  }
  return 0
}

/** Prints the team's status and the figures as JSON, in the specification's shape. */
export async function status(app: App, id: string | undefined): Promise<number> {
  printJson(await app.system.status(id === undefined ? {} : { id }))
  return 0
}

/** Prints the raw answer of a call, or the calls that there are. */
export async function answer(app: App, id: string, call: string | undefined): Promise<number> {
  const run = await readRun(app, id)
  const rows = callRows(run)
  if (call === undefined) {
    if (rows.length === 0) print('The run has made no call.')
    else print(...tableLines(rows, outputWidth()))
    return 0
  }
  if (!rows.some(([known]) => known === call))
    throw new AppError('not-found', `The run ${id} has no call ${call}.`, {
      hint: `paddock answer ${id} lists its calls.`,
    })
  const text = await app.run.answer({ id, call })
  process.stdout.write(process.stdout.isTTY ? `${printableText(text)}\n` : text)
  return 0
}

/** Prints every file that Paddock has written for people. */
export async function audit(app: App, id: string | undefined, { json }: JsonOption): Promise<number> {
  const entries = await app.system.audit(id === undefined ? {} : { id })
  if (json) printJson(entries)
  else if (entries.length === 0) print('Nothing has been written yet.')
  else
    print(
      ...tableLines(
        entries.map(({ at, action, bytes, path }) => [
          at.replace('T', ' ').replace(/\..*$/, 'Z'),
          action,
          `${count(bytes)} B`.padStart(11),
          printable(path),
        ]),
        outputWidth(),
      ),
    )
  return 0
}

async function latestRun(app: App): Promise<string> {
  const [latest] = await app.run.list()
  if (latest) return latest.id
  throw new AppError('not-found', 'There is no run yet.', { hint: noRunYet })
}
