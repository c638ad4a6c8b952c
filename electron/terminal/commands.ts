import { inWords } from '../../shared/duration.ts'
import { readFile, stat } from 'node:fs/promises'
import { mkdir } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import type { App } from '../core/app.ts'
import { maximumDocumentBytes } from '../core/documents/read-document.ts'
import { AppError } from '../../shared/errors.ts'
import type { Outcome } from '../../shared/run-event.ts'
import { applyEvent, emptyRun, type Run } from '../../shared/run.ts'
import { follow, type Screen } from './follow.ts'
import { clip, errorText, printable } from './format.ts'

/** What the commands that start a run take. */
export type RunOptions = {
  requirement?: string
  workflow: string
  workspace: string
  accept?: boolean
  json?: boolean
}

/** Exit codes that scripts can rely on. */
export const exitCodes: Record<Outcome, number> = { completed: 0, partial: 1, failed: 1, cancelled: 130 }

const screenFor = ({ json }: { json?: boolean }): Screen =>
  json ? 'json' : process.stdout.isTTY ? 'live' : 'plain'

/** Starts a run on documents and shows it to its end; returns the exit code. */
export async function runDocuments(app: App, paths: readonly string[], options: RunOptions): Promise<number> {
  const documents = await Promise.all(paths.map(readFileForRun))
  const { workflow, requirement = '', accept = false } = options
  const workspace = await workspaceFolder(options.workspace)
  const { id } = await app.run.start({ workflow, requirement, documents, workspace, accept })
  return show(app, id, options)
}

/** Plays the rehearsal; returns the exit code. */
export async function rehearse(
  app: App,
  workflow: string,
  options: Omit<RunOptions, 'workflow'>,
): Promise<number> {
  const workspace = await workspaceFolder(options.workspace)
  const { id } = await app.run.rehearse({ workflow, workspace, accept: options.accept ?? false })
  return show(app, id, options)
}

/** Goes on with a run; returns the exit code. */
export async function resume(app: App, id: string | undefined, options: { json?: boolean }): Promise<number> {
  const resumed = await app.run.resume(id === undefined ? {} : { id })
  return show(app, resumed.id, options)
}

async function show(app: App, id: string, options: { json?: boolean }): Promise<number> {
  let asked = false
  const onInterrupt = () => {
    if (asked) process.exit(130)
    asked = true
    process.stderr.write('\nStopping. What is done is kept; press Ctrl-C again to leave at once.\n')
    app.run.cancel({ id }).catch(() => {})
  }
  process.on('SIGINT', onInterrupt)
  process.on('SIGTERM', onInterrupt)
  try {
    const run = await follow(app, id, screenFor(options), process.stdout)
    if (!options.json) process.stdout.write(await ending(app, run))
    return exitCodes[run.outcome ?? 'failed']
  } finally {
    process.off('SIGINT', onInterrupt)
    process.off('SIGTERM', onInterrupt)
  }
}

/** What a person wants to know when a run has ended. */
async function ending(app: App, run: Run): Promise<string> {
  const changes = await app.run.changes({ id: run.id })
  const written = changes.filter((change) => change.written).length
  const held = changes.filter((change) => !change.written && change.held !== null)
  const waiting = changes.filter((change) => !change.written && change.held === null).length
  const output = resolve(run.workspace, 'output')
  return [
    '',
    `${run.rehearsal ? 'REHEARSAL ' : ''}Run ${run.id}: ${run.outcome ?? 'not ended'}. No generated code was run: every verdict is "not run".`,
    `  Summary:  ${resolve(output, `workflow_summary_${run.id}.md`)}`,
    `  Files:    ${resolve(output, 'generated', run.id, 'merged')}`,
    ...(written > 0 ? [`  Written:  ${written} files to ${run.workspace}`] : []),
    ...(waiting > 0 ? [`  To write ${waiting} files to the workspace: paddock accept ${run.id}`] : []),
    ...(held.length > 0
      ? [
          '  Held back:',
          ...held.map(({ path, held: reason }) => `    ${printable(path)}: ${printable(reason ?? '')}`),
        ]
      : []),
    ...(run.outcome === 'completed' ? [] : [`  To go on: paddock resume ${run.id}`]),
    '',
  ].join('\n')
}

/** Writes drafts to the workspace; returns the exit code: 1 when a named file could not be written. */
export async function accept(app: App, id: string, paths: readonly string[]): Promise<number> {
  const { written, held } = await app.run.accept({ id, ...(paths.length > 0 ? { paths: [...paths] } : {}) })
  for (const path of written) process.stdout.write(`Written: ${printable(path)}\n`)
  for (const { path, reason } of held)
    process.stdout.write(`Held back: ${printable(path)}: ${printable(reason)}\n`)
  if (held.length > 0 && paths.length === 0)
    process.stdout.write(`To write one of those all the same: paddock accept ${id} PATH\n`)
  return paths.length > 0 && held.length > 0 ? 1 : 0
}

/** Ends a run, whoever leads it, and waits until it has ended. */
export async function cancel(app: App, id: string): Promise<number> {
  await app.run.cancel({ id })
  process.stdout.write(`${id} has ended.\n`)
  return 0
}

/** Prints every run, newest first. */
export async function list(app: App, { json }: { json?: boolean }): Promise<number> {
  const runs = await app.run.list()
  if (json) process.stdout.write(`${JSON.stringify(runs, null, 2)}\n`)
  else if (runs.length === 0)
    process.stdout.write('There is no run yet. Start one: paddock run DOCUMENT, or paddock rehearse\n')
  else
    for (const { id, status, workflow, rehearsal, title } of runs)
      process.stdout.write(
        `${id}  ${status.padEnd(11)}  ${workflow}${rehearsal ? ' (rehearsal)' : ''}  ${clip(printable(title), 60)}\n`,
      )
  return 0
}

/** Prints a run: its steps, files and where its outputs are. The latest without an id. */
export async function showRun(
  app: App,
  id: string | undefined,
  { json }: { json?: boolean },
): Promise<number> {
  const chosen = id ?? (await app.run.list())[0]?.id
  if (chosen === undefined)
    throw new AppError('not-found', 'There is no run yet.', {
      hint: 'paddock run DOCUMENT, or paddock rehearse',
    })
  const run = (await app.run.events({ id: chosen })).reduce(applyEvent, emptyRun)
  if (json) {
    process.stdout.write(`${JSON.stringify(run, null, 2)}\n`)
    return 0
  }
  for (const { task, status, agent, calls, stale } of Object.values(run.tasks)) {
    const time = calls.reduce((sum, { answer }) => sum + (answer?.ms ?? 0), 0)
    const note = task.error ? errorText(task.error) : printable(task.result?.summary ?? '')
    process.stdout.write(
      `${String(task.context.step ?? '').padStart(2)}  ${(stale ? `${status}, stale` : status).padEnd(10)} ${(agent ?? '').padEnd(10)} ${task.description}, ${calls.length} ${calls.length === 1 ? 'call' : 'calls'}, ${inWords(time)}\n    ${note}\n`,
    )
  }
  process.stdout.write(await ending(app, run))
  return 0
}

/** Prints the team's status as JSON, in the specification's shape. */
export async function status(app: App, id: string | undefined): Promise<number> {
  process.stdout.write(
    `${JSON.stringify(await app.system.status(id === undefined ? {} : { id }), null, 2)}\n`,
  )
  return 0
}

async function readFileForRun(path: string): Promise<{ name: string; base64: string }> {
  const found = await stat(path).catch(() => null)
  if (!found) throw new AppError('not-found', `There is no file ${path}.`, { hint: 'Check the path.' })
  if (!found.isFile())
    throw new AppError('invalid', `${path} is not a file.`, { hint: 'Give the document itself.' })
  if (found.size > maximumDocumentBytes)
    throw new AppError(
      'invalid',
      `${path} has ${Math.ceil(found.size / 2 ** 20)} MB, and a document may have at most ${maximumDocumentBytes / 2 ** 20} MB.`,
      {
        hint: 'Split it, or give only the part that says what to build.',
      },
    )
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new AppError('unavailable', `${path} cannot be read: ${(cause as Error).message}.`, {
      hint: 'Check its permissions.',
      cause,
    })
  })
  return { name: basename(path), base64: bytes.toString('base64') }
}

async function workspaceFolder(path: string): Promise<string> {
  const folder = resolve(path)
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw new AppError('invalid', `The workspace ${folder} cannot be made: ${(cause as Error).message}.`, {
      hint: 'Choose another folder with --workspace.',
      cause,
    })
  })
  return folder
}
