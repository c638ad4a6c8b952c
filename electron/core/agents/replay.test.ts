import { cpSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RunEvent } from '../../../shared/run-event.ts'
import type { Core } from '../core.ts'
import { answersFolder } from '../llm/raw-answer.ts'
import { AgentOrchestrator } from '../orchestrator.ts'
import type { WorkflowResult } from '../outputs/workflow-result.ts'
import { WorkflowEngine } from '../workflow-engine.ts'
import { prepare } from './play.fixture.ts'

type Game = Awaited<ReturnType<typeof prepare>>
type Whole = {
  events: RunEvent[]
  result: WorkflowResult
  dataFolder: string
  blobs: Map<string, Uint8Array>
}

const files = { 'hello.py': 'print("Hell")\n', 'test_hello.py': 'import unittest\n' }

async function playWhole(game: Game, workflow: string): Promise<Whole> {
  return game.run(async (core, workspace) => {
    const engine = new WorkflowEngine(new AgentOrchestrator(workspace, core.settings, core))
    const result = await engine.executeWorkflow(workflow, { requirement: 'It should say Hello.' })
    const events = core.ledger.read(result.workflow_id)
    const named = new Set(JSON.stringify(events).match(/\b[0-9a-f]{64}\b/g))
    const blobs = new Map([...named].flatMap((hash) => blobIn(core, hash)))
    return { events, result, dataFolder: core.dataFolder, blobs }
  })
}
const blobIn = ({ ledger }: Core, hash: string): [string, Uint8Array][] => {
  const bytes = ledger.blob(hash)
  return bytes ? [[hash, bytes]] : []
}

/** Goes on, in a data folder of its own, with a run that a crash ended right after one of its events. */
async function goOn(game: Game, { events, blobs, dataFolder, result }: Whole, last: number) {
  const { workflow_id: id } = result
  const before = game.asked.length
  return game.run(async (core, workspace) => {
    cpSync(answersFolder(dataFolder, id), answersFolder(core.dataFolder, id), { recursive: true })
    const kept = events.slice(0, last).map(({ seq: _seq, run: _run, at: _at, ...event }) => event)
    const all = [...blobs].map(([hash, bytes]) => ({ hash, bytes }))
    await core.ledger.append(id, kept as Parameters<typeof core.ledger.append>[1], { blobs: all })
    const { finish } = await new AgentOrchestrator(workspace, core.settings, core).resume(id)
    return { result: await finish(), asked: game.asked.slice(before) }
  }, `data-${last}`)
}

describe.each(['bug_fix', 'testing'])('%s, ended by a crash', (workflow) => {
  let game: Game
  let whole: Whole
  beforeAll(async () => {
    game = await prepare({ files })
    whole = await playWhole(game, workflow)
  })
  afterAll(() => game.stop())

  const points = ['message-sent', 'plan-made', 'file-drafted', 'answer-ended', 'task-completed']

  test('comes to the same end from wherever it stood, and repeats neither a question nor a message (S13, S37)', async () => {
    expect(whole.result.status).toBe('completed')
    const ends = whole.events.flatMap(({ type }, index) => (points.includes(type) ? [index + 1] : []))
    expect(ends.length).toBeGreaterThan(15)
    for (const end of ends) {
      const { result, asked } = await goOn(game, whole, end)
      const at = `after event ${end}, ${whole.events[end - 1]!.type}`
      expect([at, result.status]).toEqual([at, 'completed'])
      expect([at, result.messages]).toEqual([at, whole.result.messages])
      expect([at, result.files.map(({ path, hash }) => [path, hash])]).toEqual([
        at,
        whole.result.files.map(({ path, hash }) => [path, hash]),
      ])
      const answered = whole.events.slice(0, end).filter(({ type }) => type === 'answer-ended').length
      const all = whole.events.filter(({ type }) => type === 'answer-ended').length
      expect([at, asked.length]).toEqual([at, all - answered])
    }
  }, 120_000)
})
