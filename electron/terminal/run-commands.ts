import { InvalidArgumentError, type Command } from 'commander'
import { RunId } from '../../shared/contract.ts'
import { AppError } from '../../shared/errors.ts'
import { quoted } from '../core/config/describe-setting.ts'
import { runDocuments, type BatchOptions } from './run-documents.ts'
import { accept, cancel, decideGate, pause, resume } from './control-run.ts'
import { addExamples } from './examples.ts'
import type { ScreenOptions } from './lead-run.ts'
import type { Lead } from './open-app.ts'
import { rehearse, startRun, type RunOptions } from './start-run.ts'

/** Reads the id of a run; throws AppError for anything else. */
export function parseRunId(text: string): string {
  if (RunId.safeParse(text).success) return text
  throw new AppError('invalid', `${quoted(text)} is no id of a run.`, {
    hint: 'paddock list prints the ids of all runs.',
  })
}

/** Adds the commands that start runs and steer them. */
export function addRunCommands(program: Command, lead: Lead): void {
  program.commandsGroup('Runs:')
  addStart(program, lead)
  addControl(program, lead)
}

const asJson = ['--json', 'one event a line, as JSON'] as const
const collect = (glob: string, globs: string[] = []) => [...globs, glob]

function addStart(program: Command, lead: Lead): void {
  addExamples(
    program
      .command('run')
      .description('start a run; it asks for what is missing')
      .argument('[documents...]', 'text or Markdown files')
      .option(
        '--requirement <text>',
        'what is to be done, in your own words; beside documents or without any',
      )
      .option('--workflow <id>', 'the workflow (feature_development, where nobody can be asked)')
      .option(
        '--workspace <dir>',
        'the folder that files are for (the setting `workspace`, where nobody can be asked)',
      )
      .option(
        '--include <glob>',
        "files of the workspace to work from, such as 'src/**'; may be given again",
        collect,
      )
      .option('--review', 'have the code reviewed, and revised after it')
      .option('--accept', 'write whole, undisputed files to the workspace at the end')
      .option('--no-input', 'ask for nothing')
      .option(...asJson)
      .action((documents: string[], options: RunOptions) =>
        lead((app, settings) => startRun(app, settings, documents, options)),
      ),
    ['paddock run', 'asks for folder, workflow and document'],
    ['paddock run requirements.md --workspace ./project', 'from a document'],
    ['paddock run notes.md --requirement "Use Python 3.11"', 'with words of your own'],
    ['paddock run --workflow bug_fix --requirement "gcd(0, 0) hangs"', 'on the code that is here'],
  )
  addExamples(
    program
      .command('rehearse')
      .description('play a workflow with recorded answers: no model')
      .argument('[workflow]', 'feature_development or bug_fix', 'feature_development')
      .option('--workspace <dir>', 'the folder that files are for', 'paddock-rehearsal')
      .option('--accept', 'write whole, undisputed files to the workspace at the end')
      .option(...asJson)
      .action((workflow: string, options: Parameters<typeof rehearse>[2]) =>
        lead((app) => rehearse(app, workflow, options)),
      ),
    ['paddock rehearse', 'the whole way, in about half a minute'],
    ['paddock rehearse bug_fix --accept', 'a bug in a small program is mended'],
  )
  addExamples(
    program
      .command('batch')
      .description('run a workflow on each of many documents')
      .argument('<documents...>', 'text or Markdown files; each gets a run and a folder of its own')
      .option('--workflow <id>', 'the workflow', 'feature_development')
      .option('--workspace <dir>', 'the folder that holds one folder for each document')
      .option('--accept', 'write whole, undisputed files at the end of each run')
      .option('--at-once <n>', 'runs that are under way at once', parseNumber)
      .option('--json', 'the summary as JSON')
      .action((documents: string[], options: BatchOptions) =>
        lead((app, settings) => runDocuments(app, settings, documents, options)),
      ),
    ['paddock batch requirements/*.md --workspace ./projects', 'a run for each document'],
    ['paddock batch a.md b.md --accept --at-once 1', 'one after the other'],
  )
  addExamples(
    program
      .command('resume')
      .description('go on with a run that is not completed')
      .argument('[id]', 'a run; the latest of these without it', parseRunId)
      .option(...asJson)
      .action((id: string | undefined, options: ScreenOptions) => lead((app) => resume(app, id, options))),
    ['paddock resume', 'the latest run that did not complete'],
    ['paddock resume 20260131-120000-abc123', 'that run'],
  )
}

function addControl(program: Command, lead: Lead): void {
  addExamples(
    program
      .command('pause')
      .description('ask a run to wait, wherever it runs')
      .argument('<id>', 'a run', parseRunId)
      .action((id: string) => lead((app) => pause(app, id))),
    ['paddock pause 20260131-120000-abc123', 'until `paddock resume` with the same id'],
  )
  addExamples(
    program
      .command('cancel')
      .description('end a run, wherever it runs')
      .argument('<id>', 'a run', parseRunId)
      .action((id: string) => lead((app) => cancel(app, id))),
    ['paddock cancel 20260131-120000-abc123', 'what is done is kept, and can be resumed'],
  )
  addExamples(
    program
      .command('gate')
      .description('let a run go on after a step that waits, or not')
      .argument('<id>', 'a run', parseRunId)
      .argument('<step>', 'the number of the step that waits')
      .option('--open', 'what rests on the step goes on')
      .option('--close', 'what rests on the step is not run')
      .option('--comment <text>', 'why; it is kept with the run')
      .action((id: string, step: string, options: Parameters<typeof decideGate>[3]) =>
        lead((app) => decideGate(app, id, step, options)),
      ),
    ['paddock gate 20260131-120000-abc123 2 --open', 'go on after step 2'],
    ['paddock gate 20260131-120000-abc123 2 --close --comment "wrong database"', 'stop there'],
  )
  addExamples(
    program
      .command('accept')
      .description("write a run's files to its workspace")
      .argument('<id>', 'a run', parseRunId)
      .argument('[paths...]', 'these files; without them all that nothing holds back')
      .action((id: string, paths: string[]) => lead((app) => accept(app, id, paths))),
    ['paddock accept 20260131-120000-abc123', 'all that nothing holds back'],
    ['paddock accept 20260131-120000-abc123 Dockerfile', 'a file that was held back'],
  )
}

function parseNumber(text: string): number {
  if (/^[1-9][0-9]{0,2}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Give a number from 1 to 999.')
}
