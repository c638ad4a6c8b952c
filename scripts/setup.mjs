// Makes a fresh machine ready for `npm start` and `npm test`; what is there already is left as it is.
//
//   node scripts/setup.mjs

import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureDependencies, findNode, root } from './dependencies.mjs'
import { SetupError, runMain, say } from './run.mjs'
import { findTool, llamaServerFolder, variables } from './tools.mjs'

const hints = {
  python3: 'Install Python 3 (on Debian: the package python3).',
  chromium: `Install Chromium or Chrome (on Debian: the package chromium), or set ${variables.chromium} to its path.`,
  'llama-server': `Install llama.cpp, or set ${variables['llama-server']} to the path of its llama-server.`,
}

/**
 * Gets the programs that only tests need, as far as this machine lets it, and says what is still missing. Throws where
 * something is missing and CI is `true`.
 */
export function ensureTools() {
  const isDebian = hasApt() && isDebianLike(readRelease())
  if (isDebian) {
    installPackages(['python3', 'chromium'].filter(isWanted))
    if (isWanted('llama-server')) fetchLlamaServer()
  }
  const missing = Object.keys(hints).filter((tool) => !isWorking(tool))
  if (missing.length === 0) return
  const list = missing.map((tool) => `\n  ${describeMissing(tool)} ${hints[tool]}`).join('')
  if (process.env.CI === 'true')
    throw new SetupError(`With CI=true every tool must be there. Missing:${list}`)
  say(`these tools are missing, and the tests that need them are skipped:${list}`)
}

/** Whether the text of an os-release file is that of Debian or a system made from it. */
export function isDebianLike(release) {
  const values = [...release.matchAll(/^(?:ID|ID_LIKE)=(.*)$/gm)].map(([, value]) =>
    value.replace(/["']/g, ''),
  )
  return values.some((value) => value.split(/\s+/).includes('debian'))
}

function installPackages(packages) {
  if (packages.length === 0) return
  const command = `apt-get install --no-install-recommends ${packages.join(' ')}`
  if (process.getuid() !== 0) {
    say(`only root can install packages; as root: ${command}`)
    return
  }
  say(`installing ${packages.join(' and ')} with apt-get; this takes a minute or two`)
  // One broken source among many fails the update; the packages may be there all the same.
  if (!aptGet('update')) say('apt-get update failed in part (see above); trying to install all the same')
  if (!aptGet('install', '-y', '--no-install-recommends', ...packages)) say(`failed: ${command}`)
}

function aptGet(...args) {
  const { status, stdout, stderr } = spawnSync('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=300', ...args], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  if (status !== 0) process.stderr.write(`${stdout}${stderr}`)
  return status === 0
}

function fetchLlamaServer() {
  const indexTooOld = 3
  say(`fetching llama-server into ${llamaServerFolder()}`)
  let fetched = runFetch([])
  if (fetched.status === indexTooOld) {
    say(
      'the index of that archive has expired, as on a mirror that lags; trying again with one of up to 60 days',
    )
    fetched = runFetch(['--max-age-days', '60'])
  }
  if (fetched.status !== 0) say(`llama-server could not be fetched:\n${fetched.stderr.trim()}`)
}

function runFetch(flags) {
  const script = join(root, 'scripts', 'fetch-llama-server.sh')
  return spawnSync('sh', [script, '--prefix', llamaServerFolder(), ...flags], { encoding: 'utf8' })
}

/** Whether set-up has to get a tool. One that the person named is theirs, even where it does not run. */
function isWanted(tool) {
  return !isWorking(tool) && !process.env[variables[tool] ?? '']
}

/** Being there is not enough: some systems have a `chromium-browser` that only tells how to install it. */
function isWorking(tool) {
  const path = findTool(tool)
  return path !== null && spawnSync(path, ['--version'], { timeout: 30_000 }).status === 0
}

function describeMissing(tool) {
  const path = findTool(tool) ?? process.env[variables[tool] ?? '']
  return path ? `${tool}: ${path} does not run.` : `${tool}: not found.`
}

function hasApt() {
  return spawnSync('apt-get', ['--version']).status === 0
}

function readRelease() {
  return existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : ''
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await runMain(async () => {
    await ensureDependencies()
    say(`Node: ${findNode()}`)
    ensureTools()
    for (const tool of Object.keys(hints)) say(`${tool}: ${findTool(tool) ?? 'missing'}`)
  })
}
