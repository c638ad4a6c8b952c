import type { Settings } from '../../shared/settings.ts'
import type { App } from '../core/app.ts'
import { askForRun, canAsk } from './ask-for-run.ts'
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

/** Starts a run, asks for what is missing where somebody is there, and shows it to its end; returns the exit code. */
export async function startRun(
  app: App,
  usual: Pick<Settings, 'workspace'>,
  documents: readonly string[],
  options: RunOptions,
): Promise<number> {
  const asks = options.input && canAsk(options)
  const whole = asks
    ? await askForRun(
        { ...options, documents },
        {
          workspace: usual.workspace,
          workflowsOf: async (workspace) => (await app.workflow.list({ workspace })).workflows,
        },
      )
    : {
        documents,
        requirement: options.requirement ?? '',
        workflow: options.workflow ?? 'feature_development',
        workspace: options.workspace ?? usual.workspace,
        accept: options.accept ?? false,
      }
  const sent = await Promise.all(whole.documents.map(readFileForRun))
  const { include = [], review = false } = options
  const { id } = await inWorkspace(whole.workspace, async (workspace) => {
    await tellWarnings(app, workspace)
    return app.run.start({ ...whole, documents: sent, workspace, include, code_review: review })
  })
  return leadRun(app, id, options)
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

/** Says what a person should know of the settings that a run will have. */
export async function tellWarnings(app: App, workspace: string): Promise<void> {
  const { warnings } = await app.settings.get({ workspace })
  for (const warning of warnings) process.stderr.write(`${printable(warning)}\n`)
}
