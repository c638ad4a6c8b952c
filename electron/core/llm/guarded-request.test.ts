import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ask, createTestModel } from '../../../e2e/fixtures/ask.ts'
import { startFaultServer, type FaultServer } from '../../../e2e/fixtures/fault-server.ts'
import { checkEndpoint } from './endpoint.ts'
import { createGuardedFetch } from './openai-client.ts'

let server: FaultServer
let stranger: FaultServer
beforeEach(async () => {
  server = await startFaultServer(() => 'Hello.')
  stranger = await startFaultServer(() => 'Hello from elsewhere.')
})
afterEach(async () => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  await server.stop()
  await stranger.stop()
})

/** Every environment variable that the SDK's client asks for, read off its source so that a new one is not missed. */
const variables = Array.from(
  readFileSync(new URL(import.meta.resolve('openai/client')), 'utf8').matchAll(/readEnv\('(\w+)'\)/g),
  (match) => match[1]!,
)

describe('what reaches the wire (E1, K1)', () => {
  test('nothing of the environment: no key, organization, project, header or address', async () => {
    expect(variables).toEqual(
      expect.arrayContaining([
        'OPENAI_API_KEY',
        'OPENAI_ADMIN_KEY',
        'OPENAI_CUSTOM_HEADERS',
        'OPENAI_BASE_URL',
      ]),
    )
    for (const name of variables) vi.stubEnv(name, `canary-${name}`)
    vi.stubEnv('OPENAI_CUSTOM_HEADERS', 'X-Canary: canary-header\nAuthorization: Bearer canary-authorization')
    vi.stubEnv('OPENAI_BASE_URL', stranger.base)
    vi.stubEnv('OPENAI_LOG', 'debug')
    const logs = [
      ...(['debug', 'info', 'warn', 'error', 'log'] as const).map((level) => vi.spyOn(console, level)),
      vi.spyOn(process.stdout, 'write'),
      vi.spyOn(process.stderr, 'write'),
    ]
    const { error } = await ask(createTestModel(server.base, { openai_api_key: 'the-right-key' }))
    for (const log of logs) expect(log).not.toHaveBeenCalled()
    expect(error).toBeUndefined()
    expect(server.chats).toHaveLength(1)
    expect(server.received.filter(({ raw }) => raw.includes('canary'))).toEqual([])
    expect(server.received.map(({ headers }) => headers.authorization)).toEqual(
      server.received.map(() => 'Bearer the-right-key'),
    )
    expect(stranger.received).toEqual([])
  })

  test('no header but those that the call needs', async () => {
    await ask(createTestModel(server.base))
    expect(server.chats[0]!.headers).toEqual({
      accept: 'text/event-stream',
      'accept-encoding': 'identity',
      authorization: 'Bearer not-needed',
      connection: 'close',
      'content-length': expect.any(String),
      'content-type': 'application/json',
      host: `127.0.0.1:${server.port}`,
      'user-agent': 'paddock',
    })
  })

  test('the request in full', async () => {
    const schema = { name: 'plan', schema: { type: 'object' } }
    await ask(createTestModel(server.base), { schema })
    expect(server.chats[0]!.body).toEqual({
      model: 'devstral',
      messages: [
        { role: 'system', content: 'You are a team.' },
        { role: 'user', content: 'Say hello.' },
      ],
      max_tokens: 100,
      temperature: 0,
      stream: true,
      stream_options: { include_usage: true },
      cache_prompt: true,
      return_progress: true,
      response_format: { type: 'json_schema', json_schema: { strict: true, ...schema } },
    })
  })
})

test('no call goes to another address, and no redirect to one is followed', async () => {
  const fetch = createGuardedFetch(checkEndpoint(server.base), 'key', 'application/json')
  await expect(fetch(`${stranger.base}/models`)).rejects.toMatchObject({ code: 'internal' })
  await expect(fetch(`http://127.0.0.1.evil.com:${server.port}/v1/models`)).rejects.toMatchObject({
    code: 'internal',
  })
  const redirecting = createServer((_, response) =>
    response.writeHead(302, { location: `${stranger.base}/models` }).end(),
  )
  redirecting.listen(0, '127.0.0.1')
  await once(redirecting, 'listening')
  const base = `http://127.0.0.1:${(redirecting.address() as AddressInfo).port}/v1`
  const redirected = createGuardedFetch(checkEndpoint(base), 'key', 'application/json')
  await expect(redirected(`${base}/models`)).rejects.toMatchObject({ kind: 'server', transient: false })
  redirecting.closeAllConnections()
  redirecting.close()
  expect(stranger.received).toEqual([])
})

test('`localhost` is reached by its name', async () => {
  const { text } = await ask(createTestModel(`http://localhost:${server.port}/v1`))
  expect(text).toBe('Hello.')
})

test('what does not speak HTTP is told from a server that is not there', async () => {
  const model = createTestModel(server.base.replace('http:', 'https:'))
  expect((await ask(model)).error).toMatchObject({ kind: 'malformed', transient: false })
})

test('a proxy of the environment never sees a prompt (E1)', async () => {
  const seen: string[] = []
  const proxy = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`)
    response.writeHead(502).end()
  })
  proxy.on('connect', (request, socket) => {
    seen.push(`CONNECT ${request.url}`)
    socket.end('HTTP/1.1 502 No\r\n\r\n')
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
  const fixture = new URL('../../../e2e/fixtures/ask.ts', import.meta.url).href
  // Node's own fetch shows that the proxy would be used.
  const script = `
    import { ask, createTestModel } from ${JSON.stringify(fixture)}
    await fetch(${JSON.stringify(`${server.base}/control`)}).catch(() => {})
    console.log((await ask(createTestModel(${JSON.stringify(server.base)}))).text)`
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--use-env-proxy', '--input-type=module', '--eval', script],
    {
      env: {
        ...process.env,
        NODE_USE_ENV_PROXY: '1',
        HTTP_PROXY: address,
        http_proxy: address,
        NO_PROXY: '',
        no_proxy: '',
      },
    },
  )
  proxy.closeAllConnections()
  proxy.close()
  expect(stdout.trim()).toBe('Hello.')
  expect(seen).toHaveLength(1)
  expect(server.received.map(({ path }) => path)).not.toContain('/v1/control')
})
