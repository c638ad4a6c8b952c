import { measureAgents } from './agents.ts'
import { measureCancel } from './cancel.ts'
import { measureCorpus } from './corpus.ts'
import { measureCrowd } from './crowd.ts'
import { measureExtraction } from './extraction.ts'
import { measureFileWriting } from './file-writing.ts'
import { measureKeptMemory } from './kept-memory.ts'
import { legend } from './legend.ts'
import { measureMakespan } from './makespan.ts'
import { measureMarkdown } from './markdown.ts'
import { printMeasures, type Measure } from './measure.ts'
import { measureRecovery } from './recovery.ts'
import { measureServe } from './serve.ts'
import { measureSharedSlots } from './shared-slots.ts'
import { measureSlowCommit } from './slow-commit.ts'
import { measureStart } from './start.ts'
import { measureStreamingCpu } from './streaming-cpu.ts'
import { measureWholeGraph } from './whole-graph.ts'
import { measureWindow } from './window.ts'

/** What can be measured, by the names that `npm run bench -- <name>` takes. */
const groups: Readonly<Record<string, () => Promise<Measure[]>>> = {
  graph: measureWholeGraph,
  cpu: measureStreamingCpu,
  makespan: measureMakespan,
  slots: measureSharedSlots,
  crowd: measureCrowd,
  memory: measureKeptMemory,
  cancel: measureCancel,
  start: measureStart,
  recovery: measureRecovery,
  agents: measureAgents,
  files: measureFileWriting,
  corpus: measureCorpus,
  extract: measureExtraction,
  commit: measureSlowCommit,
  serve: measureServe,
  markdown: measureMarkdown,
  window: measureWindow,
}

const names = process.argv.slice(2)
const unknown = names.find((name) => !groups[name])
if (unknown === undefined) {
  const rows: Measure[] = []
  for (const name of names.length > 0 ? names : Object.keys(groups)) {
    process.stderr.write(`${name} ...\n`)
    rows.push(...(await groups[name]!()))
  }
  printMeasures(rows)
  process.stdout.write(legend)
  // Runs that were only begun, to be timed, would keep the process for good.
  process.exit()
} else {
  process.stderr.write(`There is no measure "${unknown}": ${Object.keys(groups).join(', ')}\n`)
  process.exitCode = 2
}
