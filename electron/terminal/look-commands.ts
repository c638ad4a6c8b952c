import type { Command } from 'commander'
import { addExamples } from './examples.ts'
import type { Settings } from '../../shared/settings.ts'
import { extract, extractAgain, extractSource, type ExtractOptions } from './extract.ts'
import { answer, audit, list, show, status } from './look-at-runs.ts'
import type { Lead } from './open-app.ts'
import { parseRunId } from './run-commands.ts'

type JsonOption = { json?: boolean }

/** Adds the commands that tell of runs and change nothing. */
export function addLookCommands(program: Command, lead: Lead, settings: () => Settings): void {
  program.commandsGroup('Looking at runs:')
  addExamples(
    program
      .command('list')
      .description('all runs, newest first')
      .option('--json', 'as JSON')
      .action((options: JsonOption) => lead((app) => list(app, options))),
    ['paddock list', 'id, state, workflow and title of each run'],
  )
  addExamples(
    program
      .command('show')
      .description('one run: steps, messages, files, what waits for you')
      .argument('[id]', 'a run; the latest without it', parseRunId)
      .option('--json', 'its whole state, as JSON')
      .action((id: string | undefined, options: JsonOption) => lead((app) => show(app, id, options))),
    ['paddock show', 'the latest run'],
  )
  addExamples(
    program
      .command('status')
      .description("the team's status and what it uses, as JSON")
      .argument('[id]', 'a run; the latest without it', parseRunId)
      .action((id: string | undefined) => lead((app) => status(app, id))),
    ['paddock status | jq .figures', 'memory, disk, slots, and how fast the calls were'],
  )
  addExamples(
    program
      .command('answer')
      .description("a model's raw answer, as it came")
      .argument('<id>', 'a run', parseRunId)
      .argument('[call]', 'a call; without it the calls are listed')
      .action((id: string, call: string | undefined) => lead((app) => answer(app, id, call))),
    ['paddock answer 20260131-120000-abc123', 'the calls of a run'],
    ['paddock answer 20260131-120000-abc123 task_3.2', 'the text of one'],
  )
  addExamples(
    program
      .command('audit')
      .description('every file that was written for you')
      .argument('[id]', 'a run; all of them without it', parseRunId)
      .option('--json', 'as JSON, with hashes')
      .action((id: string | undefined, options: JsonOption) => lead((app) => audit(app, id, options))),
    ['paddock audit', 'what was written when, of all runs'],
  )
  addExamples(
    program
      .command('extract')
      .description('find the files in a text that a model wrote')
      .argument('[file]', 'a text, or - for what comes in')
      .option(
        '--plan <file>',
        'paths that are expected, one a line; they name blocks that do not name themselves',
      )
      .option('--run <id>', 'read the raw answers of a run once more instead', parseRunId)
      .option('--json', 'as JSON, with the content of each file')
      .action(async (file: string | undefined, options: ExtractOptions) => {
        const source = extractSource(file, options.run)
        if ('run' in source)
          return lead((app, { extractor }) => extractAgain(app, source.run, options, extractor))
        const { extractor } = settings()
        process.exitCode = await extract(source.file, options, extractor)
      }),
    ['paddock extract answer.md', 'its files, and what has no sure name'],
    ['paddock extract - < answer.md', 'of what comes in'],
    ['paddock extract --run 20260131-120000-abc123', 'of all answers of a run, with no model'],
  )
}
