import type { Settings } from '../../shared/settings.ts'
import { AppError } from '../../shared/errors.ts'
import type { App } from '../core/app.ts'
import type { GivenRun, WholeRun } from './ask-for-run.ts'
import { printable } from './format.ts'
import { leadRun, type ScreenOptions } from './lead-run.ts'
import { inWorkspace, readFileForRun } from './run-files.ts'

/** The options of `paddock run`. */
export type RunOptions = ScreenOptions & {
  requirement?: string
  workflow?: string
  workspace?: string
  include?: string[]
  review?: boolean
  accept?: boolean
  /** False: nothing is asked for. */
  input: boolean
}

/** Whether somebody is there who can be asked. */
const canAsk = ({ json }: { json?: boolean }): boolean =>
  process.stdin.isTTY && process.stdout.isTTY && !json && !process.env['CI']

/** Starts a run, asks for what is missing where somebody is there, and shows it to its end; returns the exit code. */
export async function startRun(
  app: App,
  usual: Pick<Settings, 'workspace'>,
  documents: readonly string[],
  options: RunOptions,
): Promise<number> {
  const whole = await completed(app, usual, { ...options, documents })
  const sent = await Promise.all(whole.documents.map(readFileForRun))
  const { include = [], review = false } = options
  const { id } = await inWorkspace(whole.workspace, async (workspace) => {
    await tellWarnings(app, workspace)
    return app.run.start({ ...whole, documents: sent, workspace, include, code_review: review })
  })
  return leadRun(app, id, options)
}

/** What a run starts from, whole: the person is asked, where there is one; else what is usual is taken. */
async function completed(
  app: App,
  usual: Pick<Settings, 'workspace'>,
  given: RunOptions & GivenRun,
): Promise<WholeRun> {
  if (given.input && canAsk(given)) {
    // Imported late: most runs are started without a question.
    const { askForRun } = await import('./ask-for-run.ts')
    const workflowsOf = async (workspace: string) => (await app.workflow.list({ workspace })).workflows
    return askForRun(given, { workspace: usual.workspace, workflowsOf })
  }
  if (given.documents.length === 0 && !given.requirement?.trim())
    throw new AppError('invalid', 'There is nothing to work from.', {
      hint: 'Give a requirements document: paddock run FILE; or say it in words: paddock run --requirement "..."',
    })
  return {
    documents: given.documents,
    requirement: given.requirement ?? '',
    workflow: given.workflow ?? 'feature_development',
    workspace: given.workspace ?? usual.workspace,
    accept: given.accept ?? false,
  }
}

/** Plays a rehearsal; returns the exit code. */
export async function rehearse(
  app: App,
  workflow: string,
  options: ScreenOptions & { workspace: string; accept?: boolean },
): Promise<number> {
  const { accept = false } = options
  const { id } = await inWorkspace(options.workspace, (workspace) =>
    app.run.rehearse({ workflow, workspace, accept }),
  )
  return leadRun(app, id, options)
}

/** Says what a person should know of the folder and of the settings that a run will have. */
export async function tellWarnings(app: App, workspace: string): Promise<void> {
  const { warnings } = await app.settings.get({ workspace })
  const { warning: ofFolder } = await app.system.folder({ path: workspace })
  for (const warning of [...(ofFolder ? [ofFolder] : []), ...warnings])
    process.stderr.write(`${printable(warning)}\n`)
}
