import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import { lookup } from 'node:dns/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { skipBecause } from '../../../e2e/fixtures/skip.ts'
import { ask, createTestModel } from '../../../e2e/fixtures/ask.ts'
import { startFaultServer } from '../../../e2e/fixtures/fault-server.ts'
import { checkEndpoint } from './endpoint.ts'
import { createGuardedFetch } from './openai-client.ts'

// 0.0.0.0 leads to this machine, and is no loopback address: it stands for a server elsewhere.
const host = '0.0.0.0'
const allowed_hosts = [host]

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  vi.unstubAllEnvs()
  for (const clean of cleanups.splice(0).toReversed()) await clean()
})

async function startPlain() {
  const server = await startFaultServer(() => 'Hello.')
  cleanups.push(() => server.stop())
  return server
}

async function portOf(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  cleanups.push(() => void server.close())
  return (server.address() as AddressInfo).port
}

describe('a server that the person permits (S104)', () => {
  test('is reached, by address', async () => {
    const server = await startPlain()
    const outcome = await ask(createTestModel(`http://${host}:${server.port}/v1`, { allowed_hosts }))
    expect(outcome).toMatchObject({ text: 'Hello.', error: undefined })
    expect(server.chats).toHaveLength(1)
  })

  test('is reached, by name', async (context) => {
    const name = hostname().toLowerCase()
    const found = await lookup(name).catch(() => null)
    if (found === null || !found.address.startsWith('127.'))
      skipBecause(context, 'the name of this machine does not lead to itself')
    const server = await startPlain()
    const base = `http://${name}:${server.port}/v1`
    expect(() => createTestModel(base)).toThrow(expect.objectContaining({ code: 'invalid' }))
    expect((await ask(createTestModel(base, { allowed_hosts: [name] }))).text).toBe('Hello.')
  })

  test('without permission nothing is sent', async () => {
    const server = await startPlain()
    const base = `http://${host}:${server.port}/v1`
    expect(() => createTestModel(base, { allowed_hosts: ['other.example'] })).toThrow(
      expect.objectContaining({ code: 'invalid', hint: expect.stringContaining('allowed_hosts') }),
    )
    expect(server.received).toEqual([])
  })

  test('gets no redirect followed, not even to this machine, and no call for another address', async () => {
    const stranger = await startPlain()
    const port = await portOf(
      createServer((_, response) => response.writeHead(307, { location: `${stranger.base}/models` }).end()),
    )
    const fetch = createGuardedFetch(
      checkEndpoint(`http://${host}:${port}/v1`, allowed_hosts),
      'key',
      'application/json',
    )
    await expect(fetch(`http://${host}:${port}/v1/models`)).rejects.toMatchObject({ kind: 'server' })
    await expect(fetch(`${stranger.base}/models`)).rejects.toMatchObject({ code: 'internal' })
    await expect(fetch(`http://${host}:${stranger.port}/v1/models`)).rejects.toMatchObject({
      code: 'internal',
    })
    expect(stranger.received).toEqual([])
  })

  test('is not reached through a proxy of the environment', async () => {
    const proxy = await startPlain()
    const server = await startPlain()
    for (const name of ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'ALL_PROXY', 'NODE_USE_ENV_PROXY'])
      vi.stubEnv(name, name === 'NODE_USE_ENV_PROXY' ? '1' : `http://127.0.0.1:${proxy.port}`)
    expect((await ask(createTestModel(`http://${host}:${server.port}/v1`, { allowed_hosts }))).text).toBe(
      'Hello.',
    )
    expect(proxy.received).toEqual([])
  })

  test('has to prove who it is over https, whatever the environment says', async (context) => {
    const folder = mkdtempSync(join(tmpdir(), 'paddock-tls-'))
    cleanups.push(() => rmSync(folder, { recursive: true }))
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
    try {
      const what = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=gpu.example']
      execFileSync('openssl', [...what, '-keyout', key, '-out', cert], { stdio: 'ignore' })
    } catch {
      skipBecause(context, 'there is no openssl to make a certificate with')
    }
    const received: string[] = []
    const port = await portOf(
      createSecureServer({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) => {
        received.push(request.url ?? '')
        response.end('{}')
      }),
    )
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
    const base = `https://${host}:${port}/v1`
    const fetch = createGuardedFetch(checkEndpoint(base, allowed_hosts), 'key', 'application/json')
    await expect(fetch(`${base}/models`)).rejects.toThrow(/self.signed/)
    expect(received).toEqual([])
  })
})
