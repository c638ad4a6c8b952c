import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { MessageChannel } from 'node:worker_threads'
import { afterEach, describe, expect, expectTypeOf, test } from 'vitest'
import { z } from 'zod'
import { AppError } from './errors.ts'
import {
  answer,
  call,
  createClient,
  type Client,
  type Listener,
  type Reply,
  type Services,
  type Transport,
} from './rpc.ts'

const Greeting = z.object({ text: z.string(), at: z.int() })
const calls = {
  people: {
    greet: call(z.strictObject({ name: z.string().min(1), times: z.int().min(1).default(1) }), Greeting),
    list: call(z.void(), z.array(z.string())),
    forget: call(z.strictObject({ name: z.string() }), z.void()),
    fail: call(z.strictObject({ how: z.enum(['known', 'plain', 'word']) }), z.void()),
    lie: call(z.void(), Greeting),
  },
  clock: { now: call(z.void(), z.string()) },
}
const events = { greeted: z.object({ name: z.string() }), ticked: z.object({ at: z.int() }) }
type App = Client<typeof calls, typeof events>

/** A small core with one of each: an answer, nothing, three kinds of errors, and a wrong answer. */
class People implements Services<typeof calls> {
  readonly #listeners = new Set<Listener>()
  readonly #known = new Set<string>()

  readonly people: Services<typeof calls>['people'] = {
    greet: ({ name, times }) => {
      this.#known.add(name)
      for (const listener of this.#listeners) listener('greeted', { name })
      return { text: `Hello ${name}! `.repeat(times), at: 1 }
    },
    list: async () => [...this.#known],
    forget: ({ name }) => void this.#known.delete(name),
    fail: ({ how }) => {
      if (how === 'known')
        throw new AppError('conflict', 'It is taken.', {
          hint: 'Choose another.',
          cause: new Error('secret'),
        })
      if (how === 'plain') throw new TypeError('x is not a function')
      throw 'a word'
    },
    lie: () => ({ text: 5 }) as unknown as z.infer<typeof Greeting>,
  }
  readonly clock = { now: () => 'noon' }

  readonly transport: Transport = {
    call: (name, input) => answer(calls, this, name, input),
    listen: (listener) => {
      this.#listeners.add(listener)
      return () => this.#listeners.delete(listener)
    },
  }
}

type Opened = { transport: Transport; stop(): Promise<void> }

async function direct(): Promise<Opened> {
  return { transport: new People().transport, stop: async () => {} }
}

/** As Electron's IPC does it: both ways a structured clone, asked and told over one port. */
async function overPorts(): Promise<Opened> {
  const core = new People().transport
  const { port1: ours, port2: theirs } = new MessageChannel()
  theirs.on('message', async ({ id, name, input }) => {
    theirs.postMessage({ id, reply: await core.call(name, input) }, [])
  })
  core.listen((name, payload) => theirs.postMessage({ name, payload }, []))
  const waiting = new Map<number, (reply: Reply) => void>()
  const listeners = new Set<Listener>()
  ours.on('message', (message: { id?: number; reply: Reply; name: string; payload: unknown }) => {
    if (message.id !== undefined) waiting.get(message.id)?.(message.reply)
    else for (const listener of listeners) listener(message.name, message.payload)
  })
  let asked = 0
  const transport: Transport = {
    call: (name, input) =>
      new Promise((resolve) => {
        waiting.set(++asked, resolve)
        ours.postMessage({ id: asked, name, input }, [])
      }),
    listen: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  return { transport, stop: async () => ours.close() }
}

/** `POST /call?NAME` with JSON, and `GET /events` as one line of JSON for each event. */
async function overHttp(): Promise<Opened> {
  const core = new People().transport
  const server = createServer(async (request, response) => {
    if (request.url === '/events') {
      response.writeHead(200).flushHeaders()
      const stop = core.listen((...event) => response.write(`${JSON.stringify(event)}\n`))
      return void response.once('close', stop)
    }
    const name = decodeURIComponent(request.url!.slice('/call?'.length))
    const { input } = JSON.parse((await request.setEncoding('utf8').toArray()).join(''))
    response.end(JSON.stringify(await core.call(name, input)))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const listeners = new Set<Listener>()
  const stream = await fetch(`${base}/events`)
  void readLines(stream, (line) => {
    for (const listener of listeners) listener(...(JSON.parse(line) as Parameters<Listener>))
  })
  const transport: Transport = {
    call: async (name, input) => {
      const body = JSON.stringify({ input })
      const response = await fetch(`${base}/call?${encodeURIComponent(name)}`, { method: 'POST', body })
      return (await response.json()) as Reply
    },
    listen: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  const stop = async () => {
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
  }
  return { transport, stop }
}

async function readLines(response: Response, onLine: (line: string) => void): Promise<void> {
  let rest = ''
  try {
    for await (const bytes of response.body!) {
      const lines = (rest + Buffer.from(bytes).toString()).split('\n')
      rest = lines.pop()!
      lines.forEach(onLine)
    }
  } catch {
    // The server has stopped.
  }
}

describe.each([
  ['direct', direct],
  ['ports', overPorts],
  ['HTTP', overHttp],
])('over %s', (_, open) => {
  let opened: Opened
  let app: App
  afterEach(() => opened.stop())
  async function start(): Promise<void> {
    opened = await open()
    app = createClient(calls, events, opened.transport)
  }

  test('calls answer, with defaults filled in, and with nothing where nothing is due', async () => {
    await start()
    expect(await app.people.greet({ name: 'Ada' })).toEqual({ text: 'Hello Ada! ', at: 1 })
    expect(await app.people.greet({ name: 'Bo', times: 2 })).toMatchObject({ text: 'Hello Bo! Hello Bo! ' })
    expect(await app.people.list()).toEqual(['Ada', 'Bo'])
    expect(await app.people.forget({ name: 'Ada' })).toBeUndefined()
    expect(await app.people.list()).toEqual(['Bo'])
    expect(await app.clock.now()).toBe('noon')
  })

  test.each([
    ['known', { code: 'conflict', message: 'It is taken.', hint: 'Choose another.' }],
    [
      'plain',
      { code: 'internal', message: 'x is not a function', hint: expect.stringContaining('fault of Paddock') },
    ],
    ['word', { code: 'internal', message: 'a word' }],
  ] as const)('what is thrown arrives as an AppError: %s', async (how, expected) => {
    await start()
    const error = await app.people.fail({ how }).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(AppError)
    expect(error).toMatchObject(expected)
    expect(JSON.stringify(await opened.transport.call('people.fail', { how }))).not.toContain('secret')
  })

  test.each([
    '',
    '.',
    'people',
    'people.',
    '.greet',
    'people.nobody',
    'people.greet.call',
    'a.b.c',
    'people.constructor',
    'people.__proto__',
    'people.hasOwnProperty',
    '__proto__.toString',
    'constructor.keys',
    'clock.greet',
    'PEOPLE.greet',
    ' people.greet',
  ])('there is no call %j', async (name) => {
    await start()
    expect(await opened.transport.call(name, undefined)).toEqual({
      ok: false,
      error: { code: 'not-found', message: `There is no call named ${JSON.stringify(name)}.` },
    })
  })

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a field of another type', { name: 1 }],
    ['an empty name', { name: '' }],
    ['a field too many', { name: 'Ada', admin: true }],
    ['a list', [{ name: 'Ada' }]],
  ])('%s is invalid input, and nothing is done (S106)', async (_what, input) => {
    await start()
    expect(await opened.transport.call('people.greet', input)).toMatchObject({
      ok: false,
      error: { code: 'invalid', message: expect.stringMatching(/^people\.greet: /) },
    })
    expect(await app.people.list()).toEqual([])
  })

  test('an answer that breaks the contract does not leave the core', async () => {
    await start()
    await expect(app.people.lie()).rejects.toMatchObject({ name: 'AppError', code: 'internal' })
  })

  test('events reach those who listen to their name, until they stop', async () => {
    await start()
    const heard: string[] = []
    const first = new Promise<void>((resolve) => {
      app.on('greeted', ({ name }) => (heard.push(`all ${name}`), name === 'Bo' && resolve()))
    })
    const stop = app.on('greeted', ({ name }) => (heard.push(`once ${name}`), stop()))
    app.on('ticked', () => heard.push('tick'))
    await app.people.greet({ name: 'Ada' })
    await expect.poll(() => heard).toContain('once Ada')
    await app.people.greet({ name: 'Bo' })
    await first
    expect(heard).toEqual(['all Ada', 'once Ada', 'all Bo'])
  })
})

test('the types say what is there', () => {
  const app = createClient(calls, events, new People().transport)
  expectTypeOf(app.people.list).parameters.toEqualTypeOf<[]>()
  expectTypeOf(app.people.greet).parameters.toEqualTypeOf<[{ name: string; times?: number | undefined }]>()
  expectTypeOf(app.people.greet).returns.resolves.toEqualTypeOf<{ text: string; at: number }>()
  expectTypeOf(app.people.forget).returns.resolves.toEqualTypeOf<void>()
  app.on('greeted', (event) => expectTypeOf(event).toEqualTypeOf<{ name: string }>())

  const wrong = [
    // @ts-expect-error the name is missing
    () => app.people.greet({}),
    // @ts-expect-error no call of that name
    () => app.people.nobody(),
    // @ts-expect-error no domain of that name
    () => app.places.list(),
    // @ts-expect-error no event of that name
    () => app.on('forgotten', () => {}),
    // @ts-expect-error the event has no such field
    () => app.on('ticked', ({ name }) => name),
  ]
  // @ts-expect-error a domain is missing
  const half: Services<typeof calls> = { clock: { now: () => 'noon' } }
  // @ts-expect-error the answer has another type
  const liar: Services<typeof calls>['clock'] = { now: () => 12 }
  // @ts-expect-error a method is missing
  const mute: Services<typeof calls>['clock'] = {}
  expect([wrong.length, half, liar, mute]).toHaveLength(4)
})
