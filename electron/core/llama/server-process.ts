import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'

/** How a process ended. */
export type Exit = { readonly code: number | null; readonly signal: NodeJS.Signals | null }

/** A program that runs until it is stopped, with all that it starts in turn. */
export type ServerProcess = {
  readonly pid: number
  /** Settles when it is gone and its last words are read. Never rejects. */
  readonly exited: Promise<Exit>
  /** What it wrote last, a line each. */
  tail(): readonly string[]
  /** Asks it to end, insists after two seconds, and ends it after three; resolves when it is gone. */
  stop(): Promise<void>
}

const tailLines = 50
const longestLine = 2000

/** A first SIGTERM can be lost, or wait for an answer that still streams; a second one ends a llama-server at once. */
const insistence = [
  ['SIGTERM', 2000],
  ['SIGTERM', 1000],
  ['SIGKILL', 5000],
] as const

/**
 * Starts a program in a group of its own, without a shell, and tells every line that it writes to stderr. It ends with
 * this process: by the hook of its exit, and on Linux also when this process is killed. Rejects where it cannot be started.
 */
export async function startProcess(
  program: string,
  args: readonly string[],
  { env, onLine = () => {} }: { env: NodeJS.ProcessEnv; onLine?: (line: string) => void },
): Promise<ServerProcess> {
  const [command, ...rest] = [...(await untilParentDies()), program, ...args]
  const child = spawn(command!, rest, {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  })
  const tail: string[] = []
  child.stderr.setEncoding('utf8').on(
    'data',
    readLines((line) => {
      if (tail.push(line) > tailLines) tail.shift()
      onLine(line)
    }),
  )
  await once(child, 'spawn')
  const onExit = () => signalGroup(child, 'SIGKILL')
  process.once('exit', onExit)
  const exited = untilGone(child).finally(() => process.off('exit', onExit))
  return {
    pid: child.pid!,
    exited,
    tail: () => tail,
    async stop() {
      for (const [signal, ms] of insistence) {
        if (hasExited(child)) break
        signalGroup(child, signal)
        await Promise.race([exited, sleep(ms, undefined, { ref: false })])
      }
      await exited
    },
  }
}

const hasExited = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null

async function untilGone(child: ChildProcess): Promise<Exit> {
  const closed = once(child, 'close')
  const [code, signal] = (await once(child, 'exit')) as [Exit['code'], Exit['signal']]
  // Something that it started may hold its stderr open for ever.
  await Promise.race([closed, sleep(500, undefined, { ref: false })])
  return { code, signal }
}

/** The whole group where there are groups. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || hasExited(child)) return
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal)
  } catch {
    // It has ended meanwhile.
  }
}

let wrapper: Promise<readonly string[]> | undefined

/** What to put before a command so that the system ends it when this process dies, however that happens. */
function untilParentDies(): Promise<readonly string[]> {
  wrapper ??= (async () => {
    if (process.platform !== 'linux') return []
    const command = ['setpriv', '--pdeathsig', 'KILL', '--']
    const trial = spawn(command[0]!, [...command.slice(1), 'true'], { stdio: 'ignore' })
    const works = await once(trial, 'exit').then(
      ([code]) => code === 0,
      () => false,
    )
    return works ? command : []
  })()
  return wrapper
}

/** Makes lines of pieces of text; of a line that does not end, only the start is kept. */
function readLines(onLine: (line: string) => void): (text: string) => void {
  let rest = ''
  return (text) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop()!.slice(0, longestLine)
    for (const line of lines) onLine(line.trimEnd().slice(0, longestLine))
  }
}
