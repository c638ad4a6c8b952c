import { describe, expect, test } from 'vitest'
import type { Connection } from './connection.ts'
import { createHttpTransport } from './http-transport.ts'

type Request = { readonly path: string; readonly headers: Record<string, string>; readonly body: string }
const encoder = new TextEncoder()

/** A server that answers with what a test gives it, in turn; without an answer it is not there. */
function startServer(answers: (Response | (() => Response))[]) {
  const requests: Request[] = []
  const fetch = async (path: string, init: RequestInit) => {
    requests.push({ path, headers: init.headers as Record<string, string>, body: String(init.body ?? '') })
    const answer = answers.shift()
    if (!answer) throw new TypeError('fetch failed')
    return typeof answer === 'function' ? answer() : answer
  }
  const states: Connection[] = []
  const heard: [string, unknown][] = []
  const transport = createHttpTransport({
    token: 'secret',
    onConnection: (state) => states.push(state),
    fetch: fetch as typeof globalThis.fetch,
    firstDelay: 1,
  })
  const listen = () => transport.listen((name, payload) => heard.push([name, payload]))
  return { requests, states, heard, transport, listen }
}

const stream = (...pieces: string[]) =>
  new Response(
    new ReadableStream({
      start(controller) {
        for (const piece of pieces) controller.enqueue(encoder.encode(piece))
        controller.close()
      },
    }),
  )
const until = async (check: () => boolean) => {
  while (!check()) await new Promise((resolve) => setTimeout(resolve, 1))
}

describe('calls over HTTP', () => {
  test('carry token and input, and answer the reply', async () => {
    const { transport, requests } = startServer([Response.json({ ok: true, output: [1] })])
    expect(await transport.call('run.list', { a: 1 })).toEqual({ ok: true, output: [1] })
    expect(requests).toEqual([
      {
        path: '/call/run.list',
        headers: { authorization: 'Bearer secret', 'content-type': 'application/json' },
        body: '{"input":{"a":1}}',
      },
    ])
  })

  test.each<[string, (Response | (() => Response))[], string]>([
    ['that nobody answers', [], 'Paddock does not answer.'],
    ['whose answer is no JSON', [new Response('<html>')], 'Paddock does not answer.'],
    ['with a token of before', [new Response('', { status: 401 })], 'Paddock does not know this window.'],
  ])('%s say what happened and what to do', async (_, answers, message) => {
    const { transport } = startServer(answers)
    expect(await transport.call('run.list', {})).toMatchObject({
      ok: false,
      error: { code: 'unavailable', message, hint: expect.any(String) },
    })
  })

  test('wait until listening has begun, so that nothing is missed in between', async () => {
    const opened = Promise.withResolvers<Response>()
    const order: string[] = []
    const transport = createHttpTransport({
      token: 't',
      onConnection: () => {},
      fetch: (async (path: string) => {
        order.push(path)
        return path === '/events' ? opened.promise : Response.json({ ok: true })
      }) as typeof globalThis.fetch,
    })
    const stop = transport.listen(() => {})
    const call = transport.call('run.list', {})
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(order).toEqual(['/events'])
    opened.resolve(stream())
    await call
    expect(order.slice(0, 2)).toEqual(['/events', '/call/run.list'])
    stop()
  })
})

describe('events over HTTP', () => {
  test('come in order, however the bytes are cut', async () => {
    const { listen, heard } = startServer([
      stream(
        ': hello\n\nid: 1\nda',
        'ta: [["run",{"seq":1}],["delta","é',
        '"]]\r\n\r',
        '\nid: 2\ndata: [["run",{"seq":2}]]\n\n',
      ),
    ])
    const stop = listen()
    await until(() => heard.length === 3)
    expect(heard).toEqual([
      ['run', { seq: 1 }],
      ['delta', 'é'],
      ['run', { seq: 2 }],
    ])
    stop()
  })

  test('go on after a lost connection with the last number that was read', async () => {
    const { listen, heard, requests, states } = startServer([
      stream('id: 7\ndata: [["run",1]]\n\nid: 8\ndata: [["run"'),
      () => {
        throw new TypeError('refused')
      },
      new Response('', { status: 503 }),
      stream('id: 8\ndata: [["run",2]]\n\n'),
    ])
    const stop = listen()
    await until(() => heard.length === 2)
    expect(requests.map(({ headers }) => headers['last-event-id'])).toEqual([undefined, '7', '7', '7'])
    expect(states.slice(0, 5)).toEqual(['open', 'lost', 'lost', 'lost', 'open'])
    stop()
  })

  test('are not asked for again where the token is not known', async () => {
    const { listen, requests, states } = startServer([new Response('', { status: 401 }), stream()])
    const stop = listen()
    await until(() => states.length > 0)
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect([requests.length, states]).toEqual([1, ['refused']])
    stop()
  })

  test('share one stream among all who listen, and end with the last of them', async () => {
    const { transport, requests } = startServer([stream('id: 1\ndata: [["run",1]]\n\n')])
    const heard: unknown[] = []
    const stops = [
      transport.listen((_, payload) => heard.push(payload)),
      transport.listen((_, payload) => heard.push(payload)),
    ]
    await until(() => heard.length === 2)
    for (const stop of stops) stop()
    const before = requests.length
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect([heard, requests.length - before <= 1]).toEqual([[1, 1], true])
  })
})
