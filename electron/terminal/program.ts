import { Command, Help } from 'commander'
import { loadConfig } from '../core/config/load-config.ts'
import { examine } from '../core/doctor.ts'
import { version } from '../core/host-facts.ts'
import { hostWithoutDesktop } from '../core/services/host.ts'
import { addExamples, helpWidth } from './examples.ts'
import { wrap } from './format.ts'
import { addLookCommands } from './look-commands.ts'
import { openApp, sourceOf, type GlobalOptions } from './open-app.ts'
import { printChecks } from './print-checks.ts'
import { asTyped, programName } from './program-name.ts'
import { addRunCommands } from './run-commands.ts'
import { addServeCommand } from './serve.ts'
import { addSetupCommands } from './setup-commands.ts'

/** The command line: every command with its options, its help and its examples. */
export function createProgram(): Command {
  const program = new Command(programName)
    .description('A team of five agents turns a requirements document into reviewed files, on a local model.')
    .version(version(), '-V, --version', 'the version')
    .helpOption('-h, --help', 'how it is used, with examples')
    .option('--config <file>', 'a settings file, instead of your own')
    // Not --env-file: Node takes that for its own wherever it stands, and loads the file or ends without a word of ours.
    .option('--dotenv <file>', 'settings as variables, one NAME=value a line')
    .configureHelp({ showGlobalOptions: true, subcommandTerm: termOf, visibleGlobalOptions: globalOptions })
    .configureOutput({ writeErr: (text) => process.stderr.write(text) })
    .showHelpAfterError(asTyped('paddock --help lists the commands.'))
    .exitOverride()
    .helpCommand(false)
  const options = () => program.opts<GlobalOptions>()
  addServeCommand(program, (work) =>
    openApp(
      options(),
      (_app, _settings, transport) => work(transport),
      () => hostWithoutDesktop('browser'),
    ),
  )
  addRunCommands(program, (work) => openApp(options(), work))
  addLookCommands(
    program,
    (work) => openApp(options(), work),
    () => loadConfig(sourceOf(options())).settings,
  )
  addSetupCommands(
    program,
    (work) => openApp(options(), work),
    async ({ workspace = '.', json = false }) => {
      process.exitCode = printChecks(await examine({ source: sourceOf(options()) }, workspace), { json })
    },
  )
  addExamples(
    program,
    ['paddock serve', 'the window, in a browser'],
    ['paddock rehearse', 'the whole way with recorded answers: no model needed'],
    ['paddock doctor', 'what runs on a model need, and whether it is there'],
    ['paddock run', 'start a run, and be asked what it is to do'],
    ['paddock run notes.md', 'start a run on a document'],
    ['paddock resume', 'go on with the latest run that did not complete'],
  )
  nameInErrors(program, 'paddock')
  return program.addHelpText('after', closingWords)
}

/** What is wrong with a command's words is followed by where that command is explained. */
function nameInErrors({ commands }: Command, above: string): void {
  for (const command of commands) {
    const name = `${above} ${command.name()}`
    command.showHelpAfterError(asTyped(`${name} --help tells how it is used, with examples.`))
    nameInErrors(command, name)
  }
}

/** Without the word for options: nearly every command has some. */
const termOf = (command: Command): string =>
  [command.name(), ...(command.commands.length > 0 ? ['[command]'] : argumentsOf(command))].join(' ')

const argumentsOf = (command: Command): string[] =>
  command.registeredArguments.map((argument) => {
    const name = `${argument.name()}${argument.variadic ? '...' : ''}`
    return argument.required ? `<${name}>` : `[${name}]`
  })

const help = Object.assign(new Help(), { showGlobalOptions: true })

/** Options of groups of commands are shown where they mean something. */
const globalOptions = (command: Command) =>
  help.visibleGlobalOptions(command).filter(({ long }) => long === '--config' || long === '--dotenv')

const closingWords = () =>
  [
    '',
    'The model server is expected at http://127.0.0.1:8080/v1; the setting openai_api_base names another place on this machine. Documents never leave it unless you say so.',
    '',
    'Exit codes: 0 completed, 1 failed or partial, 2 wrong use or configuration, 130 cancelled.',
  ]
    .flatMap((paragraph) => wrap(paragraph, helpWidth()))
    .join('\n')
