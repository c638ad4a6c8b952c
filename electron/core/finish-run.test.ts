import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startFaultServer, type FaultServer } from '../../e2e/fixtures/fault-server.ts'
import { Settings } from '../../shared/settings.ts'
import { openCore, type Core } from './core.ts'
import { readRun } from './journal.ts'
import { AgentOrchestrator } from './orchestrator.ts'
import { LedgerError } from './store/ledger.ts'
import { createWorkflow } from './workflow-templates.ts'

const workflow = createWorkflow({
  id: 'short',
  name: 'Short',
  description: 'Two steps',
  steps: [
    { step: 1, agent_role: 'developer', task_type: 'note', description: 'One' },
    { step: 2, agent_role: 'qa_engineer', task_type: 'note', description: 'Two', depends_on: [1] },
  ],
})

let folder: string
let workspace: string
let server: FaultServer
let core: Core
const lead = () => new AgentOrchestrator(workspace, core.settings, core)

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'paddock-finish-'))
  workspace = join(folder, 'workspace')
  mkdirSync(workspace)
  server = await startFaultServer(() => 'Decided.')
  const settings = Settings.parse({ openai_api_base: server.base })
  core = openCore(settings, { dataFolder: join(folder, 'data') })
})
afterEach(async () => {
  core.ledger.close()
  await server.stop()
  rmSync(folder, { recursive: true })
})

test('outputs that cannot be written leave the run to be resumed, which asks nothing again (S14)', async () => {
  writeFileSync(join(workspace, 'output'), 'in the way')
  const { id, finish } = await lead().begin(workflow, { requirement: 'x' })
  await expect(finish()).rejects.toMatchObject({ name: 'AppError' })
  expect([readRun(core.ledger, id).outcome, core.ledger.owner(id)]).toEqual([null, null])
  rmSync(join(workspace, 'output'))
  const result = await (await lead().resume(id)).finish()
  expect([result.status, server.chats.length]).toEqual(['completed', 2])
  expect(readdirSync(join(workspace, 'output'))).toContain(`workflow_${id}.json`)
})

test('a ledger that refuses stops the run and fails no task; a resume takes up every answer (S37)', async () => {
  const refusing = { ...core, ledger: Object.create(core.ledger) as Core['ledger'] }
  let isSick = false
  refusing.ledger.append = (run, events, options) =>
    isSick && events.some(({ type }) => type === 'task-completed')
      ? Promise.reject(new LedgerError('The disk is full.', { hint: 'Free some space.', cause: null }))
      : core.ledger.append(run, events, options)
  for (const name of ['listen', 'read', 'claim', 'release', 'owner', 'blob'] as const)
    Object.assign(refusing.ledger, { [name]: core.ledger[name].bind(core.ledger) })
  const { id, finish } = await new AgentOrchestrator(workspace, core.settings, refusing).begin(workflow, {
    requirement: 'x',
  })
  isSick = true
  await expect(finish()).rejects.toMatchObject({ code: 'unavailable', message: 'The disk is full.' })
  expect(readRun(core.ledger, id).tasks['task_1']).toMatchObject({ status: 'running' })
  const result = await (await lead().resume(id)).finish()
  expect([result.status, server.chats.length]).toEqual(['completed', 2])
})

test.each(['20260101-000000-abcdef', 'nonsense'])('%s, which no run has, cannot be resumed', async (id) => {
  await expect(lead().resume(id)).rejects.toMatchObject({ code: 'not-found' })
  expect(core.ledger.runs()).toEqual([])
})

test('a completed run is not opened again', async () => {
  const { workflow_id } = await lead().executeWorkflow(workflow, { requirement: 'x' })
  await expect(lead().resume(workflow_id)).rejects.toMatchObject({ code: 'conflict' })
})
