// Makes a few files of plain JavaScript out of the core and the command line: `node scripts/build-core.mjs ROOT FOLDER`.
// They start several times faster than the sources, of which Node has to strip the types file by file. FOLDER has to lie
// two levels below ROOT, as the sources do that look for resources and package.json by their own place.

import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { build } from 'vite'
import { coreStamp } from './built-core.mjs'

const [root, folder] = process.argv.slice(2)
const temporary = `${folder}.${process.pid}`
mkdirSync(dirname(folder), { recursive: true })
try {
  await build({
    root,
    configFile: false,
    envFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: 'node24',
      outDir: temporary,
      // Names and lines stay: a trace of an error has to say something.
      minify: false,
      rolldownOptions: {
        input: { cli: join(root, 'electron', 'cli.ts'), api: join(root, 'electron', 'api.ts') },
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  })
  // Sources that have changed meanwhile were not built under their own name.
  if (basename(folder) !== `core-${coreStamp(root)}`) throw new Error('The sources have changed.')
  // Whole or not at all; where another process was quicker, its files are the same.
  renameSync(temporary, folder)
} finally {
  rmSync(temporary, { recursive: true, force: true })
}
