import { readFile } from 'node:fs/promises'
import { text as readAll } from 'node:stream/consumers'
import { resolve } from 'node:path'
import { parse } from 'yaml'
import { AppError } from '../../shared/errors.ts'
import type { ShownConfig, WorkflowProblem } from '../../shared/reports.ts'
import type { App } from '../core/app.ts'
import { workflowLines } from './draw-workflow.ts'
import { printable, tableLines } from './format.ts'
import { outputWidth, print, printJson } from './print.ts'
import { asTyped } from './program-name.ts'

type InWorkspace = { json?: boolean; workspace?: string }

const wrongUse = 2

const placeOf = ({ workspace }: InWorkspace) =>
  workspace === undefined ? {} : { workspace: resolve(workspace) }

/** Prints every workflow that a run in this workspace may have, and what is wrong with files of workflows. */
export async function listWorkflows(app: App, options: InWorkspace): Promise<number> {
  const { workflows, problems } = await app.workflow.list({ workspace: resolve(options.workspace ?? '.') })
  if (options.json) printJson({ workflows, problems })
  else {
    const width = outputWidth()
    for (const { workflow, origin, file } of workflows) {
      const from = origin === 'built-in' ? origin : `${origin}: ${printable(file)}`
      print(...workflowLines(workflow, from, width), '')
    }
    if (problems.length > 0) print('These files cannot be used:', ...problems.flatMap(problemLines), '')
    print(
      asTyped(
        'To use one: paddock run --workflow ID. To check a file of your own: paddock workflows check FILE',
      ),
    )
  }
  return 0
}

/** Checks a workflow file; returns 2 when it cannot be used. */
export async function checkWorkflowFile(
  app: App,
  file: string,
  { json }: { json?: boolean },
): Promise<number> {
  const { workflow, problems } = await app.workflow.check({ name: file, text: await readText(file) })
  if (json) printJson({ workflow, problems })
  else if (workflow && problems.length === 0) print(...workflowLines(workflow, 'can be used', outputWidth()))
  else print(...problems.flatMap(problemLines))
  return problems.length === 0 ? 0 : wrongUse
}

const problemLines = ({ file, line, column, message, hint }: WorkflowProblem): string[] => [
  `${printable(file)}:${line}:${column}: ${printable(message)}`,
  ...(hint ? [`  ${asTyped(printable(hint))}`] : []),
]

/** Prints the agents of the team. */
export async function listAgents(app: App, options: InWorkspace): Promise<number> {
  const agents = await app.agent.list(placeOf(options))
  if (options.json) printJson(agents)
  else
    for (const { agent_id, role, title, does, enabled, task_types } of agents)
      print(
        ...tableLines(
          [
            [
              printable(agent_id),
              `${printable(title)} (${printable(role)})${enabled ? '' : ', switched off'}`,
            ],
            ['', printable(does)],
            ['', `Tasks: ${task_types.join(', ')}`],
          ],
          outputWidth(),
        ),
        '',
      )
  return 0
}

/** Prints every setting with where it comes from. */
export async function showConfig(app: App, options: InWorkspace): Promise<number> {
  const shown = await app.settings.get(placeOf(options))
  if (options.json) printJson(shown)
  else printConfig(shown)
  return 0
}

function printConfig({ file, values, warnings }: ShownConfig): void {
  const rows = values.map(({ key, value, origin, where }) => [
    key,
    `${shownValue(value)}${origin === 'default' ? '' : `  (${placeText(origin, where)})`}`,
  ])
  print(
    ...tableLines(rows, outputWidth()),
    '',
    ...warnings.map((warning) => printable(warning)),
    'A value without a source is the default.',
    `Your own file: ${printable(file)}`,
    asTyped('To change a value: paddock config set KEY VALUE'),
  )
}

function shownValue(value: unknown): string {
  if (value === null) return '(not set)'
  return printable(typeof value === 'string' ? value : JSON.stringify(value))
}

const placeText = (origin: string, where: string | null) =>
  printable(where === null ? origin : `${origin}, ${where}`)

/** Sets a key in the person's own file. The value is read as YAML, so that numbers and lists are such. */
export async function setConfig(app: App, key: string, value: string): Promise<number> {
  return changed(key, await app.settings.set({ key, value: valueOf(value) }))
}

/** Takes a key out of the person's own file. */
export async function unsetConfig(app: App, key: string): Promise<number> {
  return changed(key, await app.settings.set({ key, value: null }))
}

function changed(key: string, { file, values, versions }: ShownConfig): number {
  const now = values.filter((one) => one.key === key || one.key.startsWith(`${key}.`))
  print(
    ...now.map(
      ({ key, value, origin, where }) => `${key} is ${shownValue(value)} (${placeText(origin, where)}).`,
    ),
    `Written to ${printable(file)}.`,
    ...(versions.length > 0 ? [asTyped('Earlier versions are kept: paddock config versions')] : []),
  )
  return 0
}

/** What is not YAML, such as `*.md`, is a plain text. */
function valueOf(text: string): unknown {
  try {
    return parse(text)
  } catch {
    return text
  }
}

/** Prints the earlier versions of the person's own file, newest first. */
export async function listConfigVersions(app: App): Promise<number> {
  const { versions, file } = await app.settings.get({})
  if (versions.length === 0) print(`There is no earlier version of ${printable(file)}.`)
  else
    print(
      ...versions.map((version) => printable(version)),
      asTyped('To put one back: paddock config restore VERSION'),
    )
  return 0
}

/** Puts an earlier version of the person's own file back. */
export async function restoreConfig(app: App, version: string): Promise<number> {
  const { file } = await app.settings.restore({ version })
  print(`${printable(file)} is what it was in version ${printable(version)}.`)
  return 0
}

/** Prints where the person's own file is, or would be. */
export async function printConfigPath(app: App): Promise<number> {
  print((await app.settings.get({})).file)
  return 0
}

/** The text of a file, or of stdin for `-`. */
export async function readText(file: string): Promise<string> {
  if (file === '-') return readAll(process.stdin)
  return readFile(file, 'utf8').catch((cause: unknown) => {
    const { code, message } = cause as NodeJS.ErrnoException
    const isMissing = code === 'ENOENT'
    const what = code === 'EISDIR' ? `${file} is a folder.` : `${file} cannot be read: ${message}.`
    throw new AppError(isMissing ? 'not-found' : 'invalid', isMissing ? `There is no file ${file}.` : what, {
      hint: 'Check the path.',
      cause,
    })
  })
}
