/** Runs that end, and what is left of them: see kept-memory.ts. */
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { RunService } from '../electron/core/runs.ts'
import { WorkflowTemplates } from '../electron/core/workflow-templates.ts'
import { Paddock } from './paddock.ts'
import { oneStep } from './six-steps.ts'

const warmUps = 200
const runs = 1000

const [{ base, folder }] = (await once(process, 'message')) as [{ base: string; folder: string }]
const paddock = new Paddock(base, folder)
const workflows = join(folder, 'workflows')
mkdirSync(workflows)
writeFileSync(join(workflows, `${oneStep.id}.yaml`), JSON.stringify(oneStep))
const service = new RunService({ ...paddock.core, workflows: new WorkflowTemplates(workflows) })
const { workspace } = paddock

/** Through the service that an application uses, which leads every run of its process. */
async function runAll(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) {
    const { id } = await service.start({
      workflow: oneStep.id,
      requirement: 'Bench.',
      documents: [],
      workspace,
      create_workspace: false,
      accept: false,
      include: [],
      code_review: false,
    })
    await service.wait({ id })
  }
}

function heap(): number {
  gc!()
  gc!()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

await runAll(warmUps)
const before = heap()
await runAll(runs)
const kept = (heap() - before) / runs
await service.stop()
paddock.close()
process.send?.(kept)
