// Builds the window: the page, and the two files that the desktop app is made of. What is built already is left as it is.
//
//   node scripts/build.mjs

import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureDependencies, findNode, isNewEnough, root } from './dependencies.mjs'
import { withLock } from './lock.mjs'
import { SetupError, runChild, runMain, say } from './run.mjs'

const shared = ['shared', 'scripts/build.mjs', 'package.json', 'package-lock.json', 'tsconfig.json']

/** What is built: its place in `dist`, and the files and folders that it is built from. */
const parts = {
  renderer: { result: 'renderer', sources: ['renderer', 'vite.config.ts', ...shared] },
  main: { result: 'main.js', sources: ['electron', ...shared] },
  preload: { result: 'preload.cjs', sources: ['electron/preload.ts', ...shared] },
}

/**
 * Builds the named parts where their sources have changed since, else does and prints nothing. Two processes may ask at
 * once. Throws SetupError where a part cannot be built.
 */
export async function ensureBuilt(names = Object.keys(parts), folder = root) {
  if (names.every((name) => isBuilt(name, folder))) return
  mkdirSync(join(folder, 'dist'), { recursive: true })
  await withLock(join(folder, 'dist', 'build.lock'), async () => {
    const missing = names.filter((name) => !isBuilt(name, folder))
    if (missing.length === 0) return
    say(`building the window (${missing.join(', ')})`)
    const started = Date.now()
    for (const name of missing) await build(name, folder)
    say(`built in ${((Date.now() - started) / 1000).toFixed(1)} s`)
  })
}

function isBuilt(name, folder) {
  const { result } = parts[name]
  return existsSync(join(folder, 'dist', result)) && readStamp(name, folder) === stampOf(name, folder)
}

const stampFile = (name, folder) => join(folder, 'dist', `${name}.stamp`)

function readStamp(name, folder) {
  try {
    return readFileSync(stampFile(name, folder), 'utf8')
  } catch {
    return null
  }
}

/** One hash over the sources' names and contents: times of files mean nothing after a checkout. */
function stampOf(name, folder) {
  const hash = createHash('sha256').update(process.version.split('.')[0])
  for (const source of parts[name].sources)
    for (const path of filesOf(join(folder, source))) {
      const content = readFileSync(path)
      hash.update(`${path.slice(folder.length)}\0${content.length}\0`).update(content)
    }
  return hash.digest('hex')
}

function filesOf(path) {
  if (!existsSync(path)) return []
  const entries = readEntries(path)
  if (!entries) return [path]
  return entries
    .filter((name) => !/\.(test|fixture)\.ts$/.test(name))
    .sort()
    .flatMap((name) => filesOf(join(path, name)))
}

function readEntries(path) {
  try {
    return readdirSync(path)
  } catch (error) {
    if (error.code === 'ENOTDIR') return null
    throw error
  }
}

/** Makes one part beside its place and puts it there whole, so that nobody reads half of it. */
async function build(name, folder) {
  const stamp = stampOf(name, folder)
  const place = join(folder, 'dist', parts[name].result)
  const fresh = join(folder, 'dist', `.${name}-new`)
  rmSync(fresh, { recursive: true, force: true })
  try {
    await (name === 'renderer' ? buildPage(fresh, folder) : buildForElectron(name, fresh, folder))
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true })
    throw new SetupError(`The window could not be built (${name}): ${error.message}`)
  }
  rmSync(stampFile(name, folder), { force: true })
  rmSync(place, { recursive: true, force: true })
  renameSync(name === 'renderer' ? fresh : join(fresh, parts[name].result), place)
  rmSync(fresh, { recursive: true, force: true })
  writeFileSync(stampFile(name, folder), stamp)
}

async function buildPage(outDir, folder) {
  const { build: viteBuild } = await import('vite')
  await viteBuild({
    configFile: join(root, 'vite.config.ts'),
    root: join(folder, 'renderer'),
    logLevel: 'error',
    build: { outDir, emptyOutDir: true },
  })
}

/** Whole but for Electron and Node themselves, so that the app runs without node_modules. */
async function buildForElectron(name, outDir, folder) {
  const { build: viteBuild } = await import('vite')
  await viteBuild({
    configFile: false,
    root: folder,
    logLevel: 'error',
    plugins: [bundledPino],
    resolve: { conditions: ['node', 'import', 'module', 'default'], mainFields: ['module', 'main'] },
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: 'node24',
      outDir,
      minify: false,
      rolldownOptions: {
        input: join(folder, 'electron', `${name}.ts`),
        platform: 'node',
        external: ['electron', /^node:/, ...builtinModules],
        // A sandboxed preload is one CommonJS file; Node's own `import` of it does not exist there.
        output: {
          format: name === 'preload' ? 'cjs' : 'es',
          entryFileNames: parts[name].result,
          codeSplitting: false,
        },
      },
    },
  })
}

const lazyPino = "createRequire(import.meta.url)('pino')"

/** The log loads pino when it writes its first line; a bundler only follows a call that it knows. */
const bundledPino = {
  name: 'bundled-pino',
  enforce: 'pre',
  transform(code, id) {
    if (!id.endsWith('/core/log/log.ts')) return null
    if (!code.includes(lazyPino)) throw new Error(`${id} does not load pino by ${lazyPino} any more`)
    return code.replace(lazyPino, "require('pino')")
  },
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await runMain(async () => {
    await ensureDependencies()
    if (!isNewEnough(process.version)) return runChild(findNode(), [fileURLToPath(import.meta.url)])
    await ensureBuilt()
  })
}
