import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { withLock } from './lock.mjs'
import { SetupError, say } from './run.mjs'
import { cacheFolder } from './tools.mjs'

/** The folder of the clone. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)))
/** The file that is Paddock's command line: it reads its arguments from `process.argv` when it is loaded. */
export const cli = join(root, 'electron', 'cli.ts')

const neededMajor = 24

/** Makes node_modules what package-lock.json says. Does and prints nothing where it is so already. */
export async function ensureDependencies(folder = root) {
  if (isInstalled(folder)) return
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 16)
  await withLock(join(cacheFolder(), `install-${name}.lock`), () => {
    if (!isInstalled(folder)) install(folder)
  })
}

/** Whether everything that package-lock.json asks for on this machine is installed, by npm's own record. */
export function isInstalled(folder) {
  const wanted = readPackages(join(folder, 'package-lock.json'))
  const present = readPackages(recordOf(folder))
  // Without a readable lock file npm is the one to say what is wrong.
  if (!wanted['']) return false
  return Object.entries(wanted)
    .filter(([path]) => path !== '')
    .every(([path, entry]) => {
      const { version, integrity } = present[path] ?? {}
      if (version === undefined) return !isForHere(entry)
      return version === entry.version && integrity === entry.integrity
    })
}

/** The Node that runs Paddock: the one among the packages, else this one where it is new enough. */
export function findNode(folder = root) {
  const platform = process.platform === 'win32' ? 'win' : process.platform
  const name = process.platform === 'win32' ? 'node.exe' : 'node'
  const packaged = join(folder, 'node_modules', `node-${platform}-${process.arch}`, 'bin', name)
  const node = existsSync(packaged) ? packaged : process.execPath
  if (node === process.execPath && isNewEnough(process.version)) return node
  const { stdout, error } = spawnSync(node, ['--version'], { encoding: 'utf8' })
  if (isNewEnough(stdout)) return node
  const found = error ? `${node} does not run (${error.message})` : `${node} is ${stdout.trim() || 'broken'}`
  throw new SetupError(
    `Paddock needs Node ${neededMajor} or later, and ${found}. Install Node ${neededMajor} from https://nodejs.org and try again.`,
  )
}

/** Whether a version like `v24.21.0` can run Paddock. */
export function isNewEnough(version) {
  return Number(/^v(\d+)\./.exec(version ?? '')?.[1] ?? 0) >= neededMajor
}

function install(folder) {
  say('installing the packages of package-lock.json with npm ci; the first time takes a while')
  const started = Date.now()
  // An install that is cut off must not look whole afterwards.
  rmSync(recordOf(folder), { force: true })
  const [command, ...args] = npm()
  const flags = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error']
  const { status, error } = spawnSync(command, [...args, ...flags], {
    cwd: folder,
    // stdout belongs to the program that is started afterwards.
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32' && command === 'npm',
  })
  if (error) throw new SetupError(`npm could not be started (${error.message}). Install npm and try again.`)
  if (status !== 0) throw new SetupError('npm ci failed; what it says stands above. Mend that and try again.')
  say(`packages installed in ${Math.round((Date.now() - started) / 1000)} s`)
}

// Inside `npm start` the npm that was called is named by these variables; it need not be the one on the PATH.
function npm() {
  const { npm_execpath: script, npm_node_execpath: node } = process.env
  return script && node && /^npm-cli\.c?js$/.test(basename(script)) ? [node, script] : ['npm']
}

function recordOf(folder) {
  return join(folder, 'node_modules', '.package-lock.json')
}

function readPackages(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages ?? {}
  } catch {
    // No record, or a broken one, is the record of nothing installed.
    return {}
  }
}

/** Whether npm must have installed a package here. Where a package names a C library, npm decides. */
function isForHere({ optional, os, cpu, libc }) {
  if (!optional) return true
  if (libc || !(os || cpu)) return false
  return (
    [os ?? process.platform].flat().includes(process.platform) &&
    [cpu ?? process.arch].flat().includes(process.arch)
  )
}
