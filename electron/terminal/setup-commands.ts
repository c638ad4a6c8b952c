import type { Command } from 'commander'
import { addExamples } from './examples.ts'
import * as setup from './look-at-setup.ts'
import type { Lead } from './open-app.ts'
import { asTyped } from './program-name.ts'

type InWorkspace = { json?: boolean; workspace?: string }
/** Looks at the set-up, also where no app can be opened; makes the exit code. */
export type Examine = (options: InWorkspace) => Promise<void>

/** Adds the commands for what runs are made of: workflows, agents, settings, the machine. */
export function addSetupCommands(program: Command, lead: Lead, examine: Examine): void {
  program.commandsGroup('Set-up:')
  addWorkflows(program, lead)
  addExamples(
    program
      .command('agents')
      .description('the agents of the team and what they do')
      .option('--workspace <dir>', 'with the settings of this folder')
      .option('--json', 'as JSON')
      .action((options: InWorkspace) => lead((app) => setup.listAgents(app, options))),
    ['paddock agents', 'who they are, and their kinds of task'],
  )
  addConfig(program, lead)
  addExamples(
    program
      .command('doctor')
      .description('what is there, what is missing, and what to do')
      .option('--workspace <dir>', 'the folder to look at', '.')
      .option('--json', 'as JSON')
      .action(examine),
    ['paddock doctor', 'exit code 1 when something is missing'],
  )
}

function addWorkflows(program: Command, lead: Lead): void {
  const workflows = program
    .command('workflows')
    .description('the workflows that there are, with their steps')
    .option('--workspace <dir>', 'with those of this folder')
    .option('--json', 'as JSON')
  withOwnCommands(workflows).action((_: string[], options: InWorkspace) =>
    lead((app) => setup.listWorkflows(app, options)),
  )
  addExamples(
    workflows,
    ['paddock workflows', 'built in, your own, and those of this folder'],
    ['paddock workflows check my_workflow.yaml', 'what is wrong with a file, and where'],
  )
  addExamples(
    workflows
      .command('check')
      .description('check a workflow file; exit code 2 when it cannot be used')
      .argument('<file>', 'a YAML file, or - for what comes in')
      .option('--json', 'as JSON')
      .action((file: string, _: object, command: Command) =>
        lead((app) => setup.checkWorkflowFile(app, file, command.optsWithGlobals())),
      ),
    ['paddock workflows check .paddock/workflows/audit_code.yaml', 'each problem with its line'],
  )
}

function addConfig(program: Command, lead: Lead): void {
  const config = program
    .command('config')
    .description('every setting, and where its value comes from')
    .option('--workspace <dir>', 'with the settings of this folder')
    .option('--json', 'as JSON')
  withOwnCommands(config).action((_: string[], options: InWorkspace) =>
    lead((app) => setup.showConfig(app, options)),
  )
  addExamples(
    config,
    ['paddock config', 'all values'],
    ['paddock config set llm_timeout 600', 'change one in your own file'],
    ['paddock config unset llm_timeout', 'back to what it is without you'],
  )
  config
    .command('set')
    .description('set a value in your own file; the version before it is kept')
    .argument('<key>', asTyped('as `paddock config` prints it'))
    .argument('<value>', 'a word, a number, or YAML such as [python, rust]')
    .action((key: string, value: string) => lead((app) => setup.setConfig(app, key, value)))
  config
    .command('unset')
    .description('take a value out of your own file')
    .argument('<key>', asTyped('as `paddock config` prints it'))
    .action((key: string) => lead((app) => setup.unsetConfig(app, key)))
  config
    .command('versions')
    .description('earlier versions of your own file, newest first')
    .action(() => lead((app) => setup.listConfigVersions(app)))
  config
    .command('restore')
    .description('put an earlier version of your own file back')
    .argument('<version>', asTyped('as `paddock config versions` prints it'))
    .action((version: string) => lead((app) => setup.restoreConfig(app, version)))
  config
    .command('path')
    .description('where your own file is, or would be')
    .action(() => lead((app) => setup.printConfigPath(app)))
}

/** A command that does something by itself still knows what it is asked for when a word follows that is none of its own. */
function withOwnCommands(command: Command): Command {
  return command
    .argument('[command...]')
    .usage('[options] [command]')
    .hook('preAction', (self, acting) => {
      const [word] = self.args
      if (acting !== self || word === undefined) return
      const known = self.commands.map((one) => one.name()).join(', ')
      self.error(
        `error: unknown command '${word}' of ${asTyped(`paddock ${self.name()}`)}. It knows: ${known}`,
      )
    })
}
