#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { Command, CommanderError, InvalidArgumentError } from 'commander'
import { createApp, type App } from './core/app.ts'
import { loadSettings } from './core/config/load-settings.ts'
import { RunId } from '../shared/contract.ts'
import { AppError } from '../shared/errors.ts'
import * as commands from './terminal/commands.ts'
import { errorText } from './terminal/format.ts'

function parseRunId(text: string): string {
  if (RunId.safeParse(text).success) return text
  throw new InvalidArgumentError('Give an id as `paddock list` prints it.')
}

const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
const { version } = JSON.parse(manifest) as { version: string }

const program = new Command('paddock')
  .description('A team of five agents turns a requirements document into reviewed files, on a local model.')
  .addHelpText(
    'after',
    `
Examples:
  paddock rehearse                       see the whole way with recorded answers, no model needed
  paddock run requirements.md            on the model server at OPENAI_API_BASE
  paddock run notes.md --requirement "Use Python 3.11" --workspace ./project --accept
  paddock resume                         go on with the latest run that did not complete

OPENAI_API_BASE has to be on this machine; without it http://127.0.0.1:8080/v1 is taken.
Exit codes: 0 completed, 1 failed or partial, 2 wrong use or configuration, 130 cancelled.`,
  )
  .version(version)
  .exitOverride()
  .configureOutput({ writeErr: (text) => process.stderr.write(text) })

program
  .command('run')
  .description('start a run on one or more documents')
  .argument('[documents...]', 'text or Markdown files')
  .option('--requirement <text>', 'what is to be built, in your own words; beside documents or without any')
  .option('--workflow <id>', 'the workflow', 'feature_development')
  .option('--workspace <dir>', 'the folder that files are for', '.')
  .option('--accept', 'write whole, undisputed files to the workspace at the end')
  .option('--json', 'one event a line, as JSON')
  .action((documents: string[], options: commands.RunOptions) =>
    lead((app) => commands.runDocuments(app, documents, options)),
  )

program
  .command('rehearse')
  .description('play a workflow with recorded answers: no model, no network')
  .argument('[workflow]', 'the workflow', 'feature_development')
  .option('--workspace <dir>', 'the folder that files are for', 'paddock-rehearsal')
  .option('--accept', 'write whole, undisputed files to the workspace at the end')
  .option('--json', 'one event a line, as JSON')
  .action((workflow: string, options: Omit<commands.RunOptions, 'workflow'>) =>
    lead((app) => commands.rehearse(app, workflow, options)),
  )

program
  .command('resume')
  .description('go on with a run that was interrupted, failed or cancelled; the latest without an id')
  .argument('[id]', 'a run', parseRunId)
  .option('--json', 'one event a line, as JSON')
  .action((id: string | undefined, options: { json?: boolean }) =>
    lead((app) => commands.resume(app, id, options)),
  )

program
  .command('accept')
  .description("write a run's files to its workspace: all that nothing holds back, or the named ones")
  .argument('<id>', 'a run', parseRunId)
  .argument('[paths...]')
  .action((id: string, paths: string[]) => lead((app) => commands.accept(app, id, paths)))

program
  .command('cancel')
  .description('end a run, wherever it runs')
  .argument('<id>', 'a run', parseRunId)
  .action((id: string) => lead((app) => commands.cancel(app, id)))

program
  .command('list')
  .description('all runs, newest first')
  .option('--json', 'as JSON')
  .action((options: { json?: boolean }) => lead((app) => commands.list(app, options)))

program
  .command('show')
  .description('what became of a run; the latest without an id')
  .argument('[id]', 'a run', parseRunId)
  .option('--json', 'its whole state, as JSON')
  .action((id: string | undefined, options: { json?: boolean }) =>
    lead((app) => commands.showRun(app, id, options)),
  )

program
  .command('status')
  .description("the team's status, as JSON; of the latest run without an id")
  .argument('[id]', 'a run', parseRunId)
  .action((id: string | undefined) => lead((app) => commands.status(app, id)))

async function lead(command: (app: App) => Promise<number>): Promise<void> {
  const { app, stop } = createApp(loadSettings())
  try {
    process.exitCode = await command(app)
  } finally {
    await stop()
  }
}

const wrongUse = 2
const failed = 1

// Whoever read along has gone, as with `| head`: the run is kept, and can be resumed.
process.stdout.on('error', () => process.exit(failed))

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : wrongUse
  else {
    const failure = AppError.from(error)
    process.stderr.write(`${errorText(failure)}\n`)
    if (process.env['PADDOCK_DEBUG']) console.error(error)
    process.exitCode = failure.code === 'internal' || failure.code === 'unavailable' ? failed : wrongUse
  }
}
