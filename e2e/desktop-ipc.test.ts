import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Reply } from '../shared/rpc.ts'
import { callInputs } from './fixtures/call-inputs.ts'
import { createHome, type Home } from './fixtures/cli.ts'
import { createFrame, type UsedFrame } from './stand-in/frame.ts'
import { startDesktop, type Desktop } from './stand-in/start-desktop.ts'
import type { StandInContents } from './stand-in/window.ts'

let home: Home
let desktop: Desktop
let contents: StandInContents
let top: UsedFrame
const counts: Record<string, number> = {}

beforeAll(async () => {
  home = await createHome()
  desktop = await startDesktop({ data: home.data })
  contents = desktop.window().webContents
  contents.emit('did-finish-load')
  top = contents.mainFrame
})
afterAll(async () => {
  await desktop.quit()
  await home[Symbol.asyncDispose]()
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
  console.info(`I1: ${total} cases held on the stand-in. ${JSON.stringify(counts)}`)
})

const held = (group: string) => (counts[group] = (counts[group] ?? 0) + 1)

const names = Object.entries(callInputs).flatMap(([domain, methods]) =>
  Object.entries(methods).map(([method, input]) => ({
    name: `${domain}.${method}`,
    input: input as unknown,
  })),
)

/** Nobody can look at it without being noticed. */
function untouchable(): { value: object; touched: () => number } {
  let touches = 0
  const notice = () => {
    touches += 1
    throw new Error('This was looked at.')
  }
  const traps = ['get', 'has', 'ownKeys', 'getPrototypeOf', 'getOwnPropertyDescriptor', 'set'] as const
  return {
    value: new Proxy({}, Object.fromEntries(traps.map((trap) => [trap, notice]))),
    touched: () => touches,
  }
}

/** Senders that must not be believed, each made for the window as it is then. */
const strangers: Record<string, () => [StandInContents, UsedFrame | null]> = {
  'no frame': () => [contents, null],
  'child frame': () => [contents, createFrame({ parent: top })],
  'child frame of the same number': () => [contents, { ...top, parent: top }],
  'other origin': () => [contents, { ...top, url: 'https://example.com/', origin: 'https://example.com' }],
  'other port': () => [contents, { ...top, url: 'app://paddock:8080/', origin: 'app://paddock:8080' }],
  'other host': () => [contents, { ...top, url: 'app://paddock.example/', origin: 'app://paddock.example' }],
  'other scheme': () => [contents, { ...top, url: 'http://paddock/', origin: 'http://paddock' }],
  file: () => [contents, { ...top, url: 'file:///paddock/', origin: 'file://' }],
  'opaque origin': () => [contents, { ...top, origin: 'null' }],
  'blank page': () => [contents, { ...top, url: 'about:blank' }],
  'other top frame': () => [contents, createFrame()],
  'no window of ours': () => [{ ...contents, isDestroyed: () => false } as unknown as StandInContents, top],
  'frame that is gone': () => [
    contents,
    Object.defineProperty({ ...top }, 'parent', {
      get: () => {
        throw new Error('Render frame was disposed before WebFrameMain could be accessed')
      },
    }),
  ],
}

describe('who may call (I1)', () => {
  test.each(
    names.flatMap(({ name }) =>
      // Every call from those that the plan names; the others prove the check itself, so one call does.
      Object.keys(strangers)
        .slice(0, name === 'run.start' ? undefined : 5)
        .map((who) => ({ name, who })),
    ),
  )('$name from: $who', async ({ name, who }) => {
    const [sender, frame] = strangers[who]!()
    const { value, touched } = untouchable()
    await expect(desktop.standIn.invoke(sender, frame, 'call', name, value)).rejects.toThrow(
      'Only the window of Paddock may call.',
    )
    expect(touched()).toBe(0)
    held(who)
  })

  test('a name is not looked at either, before the sender is', async () => {
    const { value, touched } = untouchable()
    await expect(desktop.standIn.invoke(contents, null, 'call', value, value)).rejects.toThrow(
      'Only the window',
    )
    expect(touched()).toBe(0)
    held('name untouched')
  })

  test.each(Object.keys(strangers))('is not sent events: %s', async (who) => {
    const [sender, frame] = strangers[who]!()
    const sent: unknown[] = []
    contents.driver = {
      load: async () => {},
      reload: async () => {},
      send: (...args) => sent.push(args),
      close: async () => {},
    }
    desktop.standIn.message(sender, frame, 'listening')
    desktop.standIn.message(sender, frame, 'taken')
    await call('run.list', undefined)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(sent).toEqual([])
    contents.driver = undefined
    held('listening')
  })
})

const call = async (name: unknown, input: unknown): Promise<Reply> =>
  (await desktop.standIn.invoke(contents, top, 'call', name, input)) as Reply

/** What a refusal says, where it is one: in few words, and nothing has happened. */
function refusal(reply: Reply): string {
  if (({} as { polluted?: unknown }).polluted !== undefined) return 'every object is polluted'
  if (reply.ok) return 'answered'
  const { length } = JSON.stringify(reply)
  return length < 5000 ? reply.error.code : `${reply.error.code} in ${length} characters`
}

const withField = (input: unknown, value: unknown): unknown => {
  if (typeof input !== 'object' || input === null) return value
  const [first] = Object.keys(input)
  return first === undefined ? { [first ?? 'x']: value } : { ...input, [first]: value }
}

const pollution = () => JSON.parse('{"__proto__":{"polluted":true}}') as object
const cyclic = () => {
  const value: Record<string, unknown> = {}
  return Object.assign(value, { value })
}
const huge = 'x'.repeat(10_000_000)

/** What is no input of any call, made of one that is. */
const spoilt: Record<string, (input: unknown) => unknown> = {
  'wrong type': () => 42,
  'an array': (input) => [input],
  'extra key': (input) => ({ ...(input as object), extra: 1 }),
  'own __proto__': (input) =>
    Object.defineProperties(pollution(), Object.getOwnPropertyDescriptors(Object(input))),
  'constructor key': (input) => ({ ...(input as object), constructor: { prototype: { polluted: true } } }),
  NaN: (input) => withField(input, NaN),
  Infinity: (input) => withField(input, -Infinity),
  BigInt: (input) => withField(input, 1n),
  Date: (input) => withField(input, new Date(0)),
  Map: (input) => withField(input, new Map([['id', 1]])),
  bytes: (input) => withField(input, new Uint8Array(8)),
  cycle: (input) => withField(input, cyclic()),
  '10 MB key': (input) => ({ ...(input as object), [huge]: 1 }),
  '10 MB value': (input) => ({ ...(input as object), extra: huge }),
}

describe('what a call may be given (I1)', () => {
  test.each(names.flatMap(({ name, input }) => Object.keys(spoilt).map((how) => ({ name, input, how }))))(
    '$name with: $how',
    async ({ name, input, how }) => {
      expect(refusal(await call(name, spoilt[how]!(input)))).toBe('invalid')
      held(how)
    },
  )

  test.each(names.filter(({ input }) => input && Object.keys(input).length > 0))(
    '$name with 10 MB in a field of its own',
    async ({ name, input }) => {
      expect(refusal(await call(name, withField(input, huge)))).toMatch(/^(invalid|not-found|unavailable)$/)
      held('10 MB field')
    },
  )

  test.each([
    '__proto__.toString',
    'constructor.constructor',
    'run.__proto__',
    'run.constructor',
    'run.toString',
    'run.hasOwnProperty',
    'run',
    'run.list.call',
    '',
    '.',
    'RUN.LIST',
    'run.list ',
    'run list',
  ])('no such call: %j', async (name) => {
    expect(refusal(await call(name, undefined))).toBe('not-found')
    held('names')
  })

  test.each([[undefined], [null], [42], [{}], [['run.list']], [{ toString: () => 'run.list' }], [huge]])(
    'no name at all (case %#)',
    async (name) => {
      expect(refusal(await call(name, undefined))).toBe('invalid')
      held('names')
    },
  )

  test('a right call is answered', async () => {
    expect(await call('run.list', undefined)).toEqual({ ok: true, output: [] })
    expect(await call('host.info', undefined)).toMatchObject({ ok: true, output: { kind: 'desktop' } })
  })
})

describe('when the window is closed (I1)', () => {
  test('no call is answered any more', async () => {
    const other = await createHome()
    await using closed = await startDesktop({ data: other.data })
    const { webContents } = closed.window()
    const frame = webContents.mainFrame
    closed.standIn.app.quit()
    await closed.standIn.app.ended.promise
    for (const { name } of names) {
      const { value, touched } = untouchable()
      await expect(closed.standIn.invoke(webContents, frame, 'call', name, value)).rejects.toThrow(
        'Only the window',
      )
      expect(touched()).toBe(0)
      held('after close')
    }
    await other[Symbol.asyncDispose]()
  })
})
