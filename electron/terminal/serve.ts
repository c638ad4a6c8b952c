import { join } from 'node:path'
import { InvalidArgumentError, type Command } from 'commander'
import type { Transport } from '../../shared/rpc.ts'
import { installFolder } from '../core/install-folder.ts'
import { serveWeb } from '../host/web.ts'
import { addExamples } from './examples.ts'
import { whileStoppable } from './interrupts.ts'
import { stopping } from './lead-run.ts'
import { hasDisplay, openBrowser } from './open-browser.ts'
import { print } from './print.ts'

type ServeOptions = { readonly port?: number; readonly open: boolean }
/** Opens the app for a browser, does some work with its transport, and makes the exit code of what it returns. */
export type LeadWindow = (work: (transport: Transport) => Promise<number>) => Promise<void>

/** Adds the command that serves the window to a browser of this machine. */
export function addServeCommand(program: Command, lead: LeadWindow): void {
  program.commandsGroup('Window:')
  addExamples(
    program
      .command('serve')
      .description('the window, in a browser of this machine')
      .option('--port <n>', 'the port on 127.0.0.1; any free one without it', parsePort)
      .option('--no-open', 'print the address, and open no browser')
      .action((options: ServeOptions) => lead((transport) => serve(transport, options))),
    ['paddock serve', 'opens the browser, or prints the address where there is none'],
    ['paddock serve --port 4000 --no-open', 'for a browser that reaches this port'],
  )
}

/** Serves the window until Ctrl-C or SIGTERM. */
async function serve(transport: Transport, { port, open }: ServeOptions): Promise<number> {
  const folder = join(installFolder, 'dist', 'renderer')
  const host = await serveWeb({ transport, folder, ...(port === undefined ? {} : { port }) })
  print(
    `Paddock is at ${host.address}`,
    'Keep the address to yourself: whoever has it can do here what you can. Ctrl-C stops Paddock.',
    ...remoteLines(host.origin),
  )
  const sayUnopened = () => print('No browser could be opened: open the address yourself.')
  if (open && hasDisplay()) openBrowser(host.issueAddress(), sayUnopened)
  const asked = Promise.withResolvers<void>()
  const stop = () => Promise.resolve(asked.resolve())
  await whileStoppable({ words: stopping, stop }, () => asked.promise)
  await host.stop()
  return 0
}

/** Over SSH the browser is elsewhere, and the address means that other machine there. */
function remoteLines(origin: string): string[] {
  if (!process.env['SSH_CONNECTION'] || hasDisplay()) return []
  const { port } = new URL(origin)
  return [
    `From the machine that you sit at: ssh -L ${port}:127.0.0.1:${port} ..., then open the address there.`,
  ]
}

function parsePort(text: string): number {
  if (/^[1-9][0-9]{0,4}$/.test(text) && Number(text) < 65_536) return Number(text)
  throw new InvalidArgumentError('Give a number from 1 to 65535.')
}
