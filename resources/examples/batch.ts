// Runs a workflow on every document of a folder, several at a time.
//
//   npx node resources/examples/batch.ts FOLDER [WORKSPACE] [WORKFLOW]
//
// It needs a model server, as `npx paddock run` does.

import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createApp, loadConfig, runBatch, type BatchInput } from '../../electron/api.ts'

const [folder, workspace = 'my-batch', workflow = 'analysis'] = process.argv.slice(2)
if (folder === undefined) throw new Error('Give a folder of documents.')
await mkdir(workspace, { recursive: true })

// Each document is read when it is its turn. One that cannot be read, or is refused, does not stop the others.
const names = (await readdir(folder)).filter((name) => /\.(md|txt)$/.test(name)).sort()
const inputs = names.map((name): BatchInput => ({ name, bytes: () => readFile(join(folder, name)) }))

// Ctrl-C ends every run of the batch; the summary is written all the same.
const cancel = new AbortController()
process.once('SIGINT', () => cancel.abort())

const source = {}
const { app, stop } = createApp(loadConfig(source).settings, { source })
try {
  const report = await runBatch(
    app,
    inputs,
    { workflow, workspace, atOnce: 4, signal: cancel.signal },
    ({ document, item, done, of }) => {
      console.log(item ? `${done} of ${of}: ${document}, ${item.outcome}` : `Started: ${document}`)
    },
  )
  console.log(report.totals)
  console.log(`Summary: ${join(report.workspace, 'output', `batch_${report.batch_id}.md`)}`)
  process.exitCode = report.items.every(({ outcome }) => outcome === 'completed') ? 0 : 1
} finally {
  await stop()
}
