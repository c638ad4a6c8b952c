import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { ask, createTestModel } from '../../../e2e/fixtures/ask.ts'
import { startFaultServer, type FaultServer } from '../../../e2e/fixtures/fault-server.ts'
import { Settings } from '../../../shared/settings.ts'

const signal = new AbortController().signal
const messages = [{ role: 'user', content: 'Hello' }] as const

describe('the request as it goes out (S57)', () => {
  let server: FaultServer
  afterEach(() => server.stop())

  test('goes to /v1/chat/completions with the configured model, system message first', async () => {
    server = await startFaultServer(() => 'Hello.', { models: ['devstral', 'other'] })
    expect((await ask(createTestModel(server.base))).text).toBe('Hello.')
    const [chat] = server.chats
    expect(chat).toMatchObject({ method: 'POST', path: '/v1/chat/completions' })
    expect(chat!.body).toMatchObject({
      model: 'devstral',
      stream: true,
      messages: [{ role: 'system' }, { role: 'user' }],
    })
  })

  test('the defaults are those of the specification', async () => {
    server = await startFaultServer(() => '')
    expect(Settings.parse({})).toMatchObject({
      openai_api_base: 'http://127.0.0.1:8080/v1',
      openai_api_model: 'devstral',
      openai_api_key: 'not-needed',
    })
  })
})

describe('connections (S58)', () => {
  let server: Server
  afterEach(() => void server.close())

  /** A server that counts connections, and closes each after some answers without having said so. */
  async function start(answersEach: number): Promise<{ base: string; connections: () => number }> {
    let connections = 0
    const answered = new WeakMap<object, number>()
    server = createServer((request, response) => {
      request.resume()
      const count = (answered.get(request.socket) ?? 0) + 1
      answered.set(request.socket, count)
      const body = {
        '/v1/models': { data: [{ id: 'devstral' }] },
        '/props': { total_slots: 1 },
        '/apply-template': { prompt: 'x' },
        '/tokenize': { tokens: [1, 2] },
      }[request.url ?? '']
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(body ?? {}))
      if (count >= answersEach) response.on('finish', () => setTimeout(() => request.socket.destroy(), 5))
    }).on('connection', () => connections++)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return {
      base: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
      connections: () => connections,
    }
  }

  test('small calls share kept connections (S58, S93)', async () => {
    const { base, connections } = await start(Number.POSITIVE_INFINITY)
    const model = createTestModel(base)
    for (let n = 0; n < 20; n++)
      expect(await model.count(messages, signal)).toEqual({ tokens: 2, by: 'server' })
    expect(connections()).toBeLessThanOrEqual(3)
  })

  test('one that the server has closed meanwhile is replaced without a fault', async () => {
    const { base } = await start(2)
    const model = createTestModel(base)
    for (let n = 0; n < 20; n++)
      expect(await model.count(messages, signal)).toEqual({ tokens: 2, by: 'server' })
  })
})
