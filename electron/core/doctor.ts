import { AppError } from '../../shared/errors.ts'
import type { Check } from '../../shared/reports.ts'
import { Settings } from '../../shared/settings.ts'
import { loadConfig, type ConfigSource } from './config/load-config.ts'
import { dataFolder } from './core.ts'
import { ok, problem, problemOf, warning } from './doctor/check.ts'
import * as machine from './doctor/machine.ts'
import { checkModelFile, checkProgram, checkServer } from './doctor/model-server.ts'
import { logOptions } from './log/log-options.ts'
import { isKept, type Servers } from './model-servers.ts'

/** What is looked at: an opened core, or where settings come from before one can be opened. */
export type Examined = {
  readonly source?: ConfigSource
  /** Taken where there is no source. */
  readonly settings?: Settings
  readonly dataFolder?: string
  /** Those that runs use now. */
  readonly servers?: Servers
}

/** Seconds that each look may take. */
const patience = 5

/**
 * Looks at all that runs need; whatever it meets becomes a check, and every check that is not `ok` has a hint. Without a
 * workspace none is looked at: an app that a desktop starts is in no folder that means anything.
 */
export async function examine(
  examined: Examined,
  workspace: string | undefined,
  seconds = patience,
): Promise<Check[]> {
  const folder = examined.dataFolder ?? dataFolder()
  const [settings, config] = readSettings(examined, workspace)
  const { servers = new Map() } = examined
  const looks: [name: string, look: (signal: AbortSignal) => Check | Promise<Check> | Promise<Check[]>][] = [
    ['Node.js', () => machine.checkNode()],
    ['Data folder', () => machine.checkDataFolder(folder)],
    ['Settings', () => config],
    [
      'Model server',
      (signal) => checkServer(settings, { seconds, signal, isKept: isKept(settings, servers) }),
    ],
    ['llama-server', () => checkProgram(settings)],
    ['Model file', () => checkModelFile(settings)],
    ['Workspace', () => machine.checkWorkspace(workspace, folder)],
    ['Log', () => machine.checkLog(logOptions(settings, folder).file)],
    ['Memory', () => machine.checkMemory()],
    ['For tests later', (signal) => machine.checkTestTools(signal)],
  ]
  const found = await Promise.all(looks.map(([name, look]) => within(seconds, name, look)))
  return found.flat()
}

/** The settings in force, or the defaults where these cannot be read, and what to say of them. */
function readSettings({ source, settings }: Examined, workspace: string | undefined): [Settings, Check] {
  const name = 'Settings'
  if (!source) return [settings ?? Settings.parse({}), ok(name, 'as this process was started with')]
  try {
    const { settings: read, values, warnings } = loadConfig({ ...source, workspace })
    const set = values.filter(({ origin }) => origin !== 'default').length
    const message = set === 0 ? 'all are the defaults' : `${set} of ${values.length} are set`
    if (warnings.length === 0) return [read, ok(name, message)]
    return [
      read,
      warning(name, warnings.join(' '), 'paddock config shows every setting and where it comes from.'),
    ]
  } catch (error) {
    return [
      Settings.parse({}),
      problemOf(name, error, 'Correct that; the rest was looked at with the defaults.'),
    ]
  }
}

async function within(
  seconds: number,
  name: string,
  look: (signal: AbortSignal) => Check | Promise<Check> | Promise<Check[]>,
): Promise<Check[]> {
  const stop = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Check>((resolve) => {
    const say = () =>
      resolve(warning(name, `No answer within ${seconds} s.`, 'Look at it yourself, or try again.'))
    timer = setTimeout(say, seconds * 1000 + 500)
  })
  try {
    return [await Promise.race([look(stop.signal), late])].flat()
  } catch (error) {
    const { message, hint } = AppError.from(error)
    return [problem(name, message, hint ?? 'Try again.')]
  } finally {
    clearTimeout(timer)
    stop.abort()
  }
}
