// Watches a run: every event as it happens, and the answers while they are written.
//
//   npx node resources/examples/watch-a-run.ts [WORKSPACE]
//
// It plays the rehearsal, with recorded answers: no model server is needed. For a real run put `app.run.start` in the
// place of `app.run.rehearse`.

import { mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { applyEvent, createApp, emptyRun, loadConfig, type Run, type RunEvent } from '../../electron/api.ts'

const workspace = resolve(process.argv[2] ?? 'paddock-rehearsal')
await mkdir(workspace, { recursive: true })
const { app, stop } = createApp(loadConfig().settings)

// A run is the fold of its events: this is the whole state, at any time.
let run: Run = emptyRun
let letters = 0

// Events have numbers that are never given twice. So listen first, then ask for what has already been.
const early: RunEvent[] = []
let take = (event: RunEvent): void => void early.push(event)
app.on('run', (event) => take(event))

// Pieces of the text that is being written; they are not kept. The whole text is in `app.run.answer`.
app.on('delta', ({ text }) => (letters += text.length))

try {
  const { id } = await app.run.rehearse({ workflow: 'feature_development', workspace })
  const past = await app.run.events({ id })
  take = (event) => {
    if (event.run !== id || event.seq <= run.seq) return
    run = applyEvent(run, event)
    if (event.type === 'task-started') console.log(`${event.agent} starts ${event.task}`)
    if (event.type === 'file-drafted') console.log(`  ${event.draft.path} (${event.draft.bytes} bytes)`)
    if (event.type === 'task-completed') console.log(`  ${event.task}: ${event.result.summary}`)
    if (event.type === 'task-failed') console.log(`  ${event.task} failed: ${event.error.message}`)
  }
  for (const event of [...past, ...early]) take(event)

  const { outcome } = await app.run.wait({ id })
  const files = Object.keys(run.files)
  console.log(`${outcome}: ${files.length} files, ${letters} characters seen while they were written`)
  process.exitCode = outcome === 'completed' ? 0 : 1
} finally {
  await stop()
}
