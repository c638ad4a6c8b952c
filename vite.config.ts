import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

// Long campaigns (hundreds of kills, fuzzing) are `npm run test:long`; `npm test` has a short sample of each.
const long = process.env['PADDOCK_LONG'] === '1'

const tests = {
  include: long ? ['**/*.long.test.ts'] : ['**/*.test.ts'],
  exclude: ['node_modules/**', 'dist/**', ...(long ? [] : ['**/*.long.test.ts'])],
  // Left alone vitest keeps a core free, which of two is half.
  maxWorkers: 2,
  testTimeout: long ? 1_800_000 : 30_000,
  hookTimeout: 60_000,
  // What a test waits for comes at once, or on a busy machine late: one second says nothing of it.
  expect: { poll: { timeout: 20_000 } },
}

/** The page's first file is small and knows the theme: nothing is painted before it has run, so no theme flashes. */
const firstFile: Plugin = {
  name: 'first-file',
  transformIndexHtml: {
    order: 'post',
    handler: (html) => html.replace('<script type="module"', '<script type="module" blocking="render"'),
  },
}

// The tests see the whole project as it is; only a build has the window for its root.
export default defineConfig(({ command }) =>
  command === 'build'
    ? {
        root: 'renderer',
        // Served from wherever: a local host, or the files of the desktop app.
        base: './',
        plugins: [react(), tailwindcss(), firstFile],
        worker: { format: 'es' },
        build: {
          outDir: '../dist/renderer',
          emptyOutDir: true,
          target: 'es2023',
          // Both need what the content security policy refuses: data: fonts, inline scripts.
          assetsInlineLimit: 0,
          modulePreload: { polyfill: false },
          reportCompressedSize: false,
          chunkSizeWarningLimit: 10_000,
        },
      }
    : { test: tests },
)
