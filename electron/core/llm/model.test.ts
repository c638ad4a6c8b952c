import { afterEach, describe, expect, test } from 'vitest'
import { ask, createTestModel } from '../../../e2e/fixtures/ask.ts'
import { faults } from '../../../e2e/fixtures/fault-answers.ts'
import {
  startFaultServer,
  type FaultServer,
  type Plan,
  type ServerOptions,
} from '../../../e2e/fixtures/fault-server.ts'
import type { ChatMessage } from './model.ts'

let server: FaultServer
afterEach(() => server.stop())
const start = async (options: ServerOptions = {}, plan: Plan = () => 'Hello.') =>
  (server = await startFaultServer(plan, options))
const { signal } = new AbortController()
const paths = () => server.received.map(({ method, path }) => `${method} ${path}`)
const statusCalls = () => paths().filter((path) => path === 'GET /v1/models').length

describe('status', () => {
  test('a llama-server tells its model, slots, window and what it can', async () => {
    await start({ models: ['other', 'devstral'], slots: 3, window: 2048 })
    expect(await createTestModel(server.base).status(signal)).toEqual({
      endpoint: server.base,
      model: 'devstral',
      slots: 3,
      window: 2048,
      can: { count: true, prefill: true },
    })
  })

  test('another OpenAI-like server has one slot, an unknown window, and only chat', async () => {
    await start({ own: false })
    expect(await createTestModel(server.base).status(signal)).toMatchObject({
      slots: 1,
      window: null,
      can: { count: false, prefill: false },
    })
  })

  test('a server that closes a started answer cannot go on from it', async () => {
    await start({ prefill: false })
    expect((await createTestModel(server.base).status(signal)).can).toEqual({ count: true, prefill: false })
  })

  test.each([
    [['qwen', 'llama'], 'qwen'],
    [[], 'devstral'],
  ])('of models %j, %s is used', async (models, model) => {
    await start({ models })
    const tested = createTestModel(server.base)
    expect((await tested.status(signal)).model).toBe(model)
    await ask(tested)
    expect(server.chats[0]!.body).toMatchObject({ model })
  })

  test('it waits while the model is loading, no longer than llm_timeout', async () => {
    await start({ loading: 2 })
    expect((await createTestModel(server.base).status(signal)).model).toBe('devstral')
    await server.stop()
    await start({ loading: Infinity })
    await expect(createTestModel(server.base, { llm_timeout: 0.2 }).status(signal)).rejects.toMatchObject({
      kind: 'loading',
      transient: true,
    })
  })

  test('the waiting can be cancelled', async () => {
    await start({ loading: Infinity })
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 120)
    await expect(createTestModel(server.base).status(controller.signal)).rejects.toMatchObject({
      code: 'cancelled',
    })
  })

  test('a wrong key is told', async () => {
    await start({ key: 'secret' })
    const wrong = createTestModel(server.base).status(signal)
    await expect(wrong).rejects.toMatchObject({ kind: 'key', transient: false })
    const right = createTestModel(server.base, { openai_api_key: 'secret' })
    expect((await right.status(signal)).can.count).toBe(true)
  })

  test('a page that answers everything is no model server', async () => {
    await start()
    const model = createTestModel(`http://127.0.0.1:${server.port}/wrong/v1`)
    await expect(model.status(signal)).rejects.toMatchObject({ kind: 'missing' })
  })

  test('it is read once, and again after the server was gone', async () => {
    await start({}, (_, n) => (n === 1 ? faults.drop('Hello.', 20) : n === 3 ? faults.broken() : 'Hello.'))
    const model = createTestModel(server.base)
    await model.status(signal)
    await ask(model)
    expect(statusCalls()).toBe(1)
    expect((await ask(model)).error).toMatchObject({ kind: 'dropped' })
    await ask(model)
    expect(statusCalls()).toBe(2)
    expect((await ask(model)).error).toMatchObject({ kind: 'server' })
    await ask(model)
    expect(statusCalls()).toBe(2)
  })
})

describe('count', () => {
  const messages: ChatMessage[] = [
    { role: 'system', content: 'You are a team.' },
    { role: 'user', content: 'Grüße, 世界!' },
  ]

  test('the server counts: its template, then its tokens', async () => {
    await start()
    const model = createTestModel(server.base)
    const { tokens, by } = await model.count(messages, signal)
    expect(by).toBe('server')
    expect(paths().slice(-2)).toEqual(['POST /apply-template', 'POST /tokenize'])
    expect((await ask(model, { messages })).answer?.usage.prompt).toBe(tokens)
  })

  test('else a third of the bytes is the estimate', async () => {
    await start({ own: false })
    const bytes = Buffer.byteLength('You are a team.Grüße, 世界!')
    expect(await createTestModel(server.base).count(messages, signal)).toEqual({
      tokens: Math.ceil(bytes / 3),
      by: 'estimate',
    })
  })

  test('for a server that is gone just now it is an estimate: the call that follows tells the fault', async () => {
    await start()
    await server.stop()
    expect(await createTestModel(server.base).count(messages, signal)).toMatchObject({ by: 'estimate' })
  })

  test('a megabyte is counted', async () => {
    await start()
    const content = 'word '.repeat(2e5)
    const { tokens } = await createTestModel(server.base).count([{ role: 'user', content }], signal)
    expect(tokens).toBeGreaterThan(2e5)
  })
})

test('an address that is not on this machine is refused before anything is sent', async () => {
  await start()
  expect(() => createTestModel(`http://0.0.0.0:${server.port}/v1`)).toThrow(
    expect.objectContaining({ code: 'invalid' }),
  )
  expect(server.received).toEqual([])
})
