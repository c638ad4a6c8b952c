// Builds parts of the window, whatever was built before; build.mjs says which have to be.
//
//   node scripts/build-parts.mjs FOLDER renderer main preload

import { renameSync, rmSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import { build } from 'vite'
import { parts } from './build.mjs'

/** Makes one part beside its place and puts it there whole, so that nobody reads half of it. */
async function buildPart(name, folder) {
  const { result } = parts[name]
  const place = join(folder, 'dist', result)
  const fresh = join(folder, 'dist', `.${name}-new`)
  await (name === 'renderer' ? buildPage(fresh, folder) : buildForElectron(name, fresh, folder))
  rmSync(place, { recursive: true, force: true })
  renameSync(name === 'renderer' ? fresh : join(fresh, result), place)
  rmSync(fresh, { recursive: true, force: true })
}

async function buildPage(outDir, folder) {
  await build({
    configFile: join(folder, 'vite.config.ts'),
    configLoader: 'native',
    root: join(folder, 'renderer'),
    logLevel: 'error',
    build: { outDir, emptyOutDir: true },
  })
}

/** Whole but for Electron and Node themselves, so that the app runs without node_modules. */
async function buildForElectron(name, outDir, folder) {
  await build({
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

const [folder, ...names] = process.argv.slice(2)
try {
  for (const name of names) await buildPart(name, folder)
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
