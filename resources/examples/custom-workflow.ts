// A workflow of your own, as a file: questions_first.yaml beside this program.
//
//   npx node resources/examples/custom-workflow.ts DOCUMENT [WORKSPACE]
//
// It needs a model server, as `npx paddock run` does.

import { copyFile, mkdir, readFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { createApp, loadConfig } from '../../electron/api.ts'

const [document, folder = 'my-project'] = process.argv.slice(2)
if (document === undefined) throw new Error('Give a requirements document.')
const workspace = resolve(folder)
const file = join(import.meta.dirname, 'questions_first.yaml')

// Here it is found: nothing has to be registered, and the command line finds it as well:
//   npx paddock run DOCUMENT --workspace WORKSPACE --workflow questions_first
await mkdir(join(workspace, '.paddock/workflows'), { recursive: true })
await copyFile(file, join(workspace, '.paddock/workflows/questions_first.yaml'))

// An app has every call that the command line has. `source` lets it read the settings and workflows of the workspace.
const source = {}
const { app, stop } = createApp(loadConfig(source).settings, { source })
try {
  // What is wrong with a workflow file is told with its line and column.
  const { problems } = await app.workflow.check({
    name: 'questions_first.yaml',
    text: await readFile(file, 'utf8'),
  })
  for (const { line, column, message } of problems) console.log(`${line}:${column} ${message}`)

  const { workflows } = await app.workflow.list({ workspace })
  for (const { workflow, origin } of workflows) console.log(`${workflow.id} (${origin}): ${workflow.name}`)

  const documents = [{ name: basename(document), base64: await readFile(document, 'base64') }]
  const { id } = await app.run.start({ workflow: 'questions_first', documents, workspace })
  const { outcome } = await app.run.wait({ id })
  for (const { path, state } of await app.run.changes({ id })) console.log(`${path}: ${state}`)
  console.log(`Run ${id}: ${outcome}`)
  process.exitCode = outcome === 'completed' ? 0 : 1
} finally {
  await stop()
}
