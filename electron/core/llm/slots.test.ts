import { describe, expect, test } from 'vitest'
import { Slots, type Turn } from './slots.ts'

const { signal } = new AbortController()

/** Slots with a record of who has got one. */
function createQueue(capacity: number) {
  const slots = new Slots(capacity)
  const got: string[] = []
  const back = new Map<string, () => void>()
  const ask = (name: string, turn: Partial<Turn> = {}, own = signal) =>
    slots.acquire({ age: 0, priority: 1, ...turn }, own).then((giveBack) => {
      got.push(name)
      back.set(name, giveBack)
    })
  return { slots, got, ask, giveBack: (name: string) => back.get(name)!() }
}
const settle = () => new Promise((resolve) => setImmediate(resolve))

test('as many are served at once as there are slots (S91)', async () => {
  const { got, ask, giveBack } = createQueue(2)
  void Promise.all(['a', 'b', 'c', 'd'].map((name) => ask(name)))
  await settle()
  expect(got).toEqual(['a', 'b'])
  giveBack('b')
  await settle()
  expect(got).toEqual(['a', 'b', 'c'])
})

test.each<[string, Record<string, Partial<Turn>>, string[]]>([
  ['the first that came', { x: {}, y: {}, z: {} }, ['x', 'y', 'z']],
  ['the more important', { x: {}, y: { priority: 9 }, z: { priority: 5 } }, ['y', 'z', 'x']],
  ['the older run', { x: { age: 30 }, y: { age: 10 }, z: { age: 20 } }, ['y', 'z', 'x']],
  [
    'of two runs of one age always the same',
    { x: { run: 'b' }, y: { run: 'a' }, z: { run: 'b', priority: 9 }, u: { run: 'a', priority: 0 } },
    ['y', 'u', 'z', 'x'],
  ],
  [
    'the older run, before what is more important in a younger one',
    { x: { age: 2, priority: 9 }, y: { age: 1, priority: 0 } },
    ['y', 'x'],
  ],
  [
    'the more important of the same run, then the first that came',
    { x: {}, y: { priority: 2 }, z: { priority: 2 } },
    ['y', 'z', 'x'],
  ],
])('of those who wait %s is next (S35)', async (_, turns, order) => {
  const { got, ask, giveBack } = createQueue(1)
  await ask('holder')
  for (const [name, turn] of Object.entries(turns)) void ask(name, turn)
  for (const name of ['holder', ...order.slice(0, -1)]) {
    giveBack(name)
    await settle()
  }
  expect(got).toEqual(['holder', ...order])
})

describe('leaving', () => {
  test('who is cancelled while waiting leaves the queue, and takes no slot', async () => {
    const { got, ask, giveBack } = createQueue(1)
    const stop = new AbortController()
    await ask('holder')
    const left = ask('left', {}, stop.signal)
    void ask('next')
    stop.abort()
    await expect(left).rejects.toMatchObject({ code: 'cancelled' })
    giveBack('holder')
    await settle()
    expect(got).toEqual(['holder', 'next'])
  })

  test('who is cancelled before asking gets none', async () => {
    const { ask, got } = createQueue(1)
    await expect(ask('late', {}, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' })
    await ask('next')
    expect(got).toEqual(['next'])
  })

  test('a cancel after the slot was given takes it from nobody', async () => {
    const { ask, got, giveBack } = createQueue(1)
    const stop = new AbortController()
    await ask('holder', {}, stop.signal)
    stop.abort()
    void ask('next')
    await settle()
    expect(got).toEqual(['holder'])
    giveBack('holder')
    await settle()
    expect(got).toEqual(['holder', 'next'])
  })

  test('giving back twice gives back once', async () => {
    const { ask, got, giveBack } = createQueue(1)
    await ask('holder')
    void ask('one')
    void ask('two')
    giveBack('holder')
    giveBack('holder')
    await settle()
    expect(got).toEqual(['holder', 'one'])
  })
})

describe('resizing', () => {
  test('more slots serve those who wait at once; fewer only when some are given back', async () => {
    const { slots, ask, got, giveBack } = createQueue(1)
    for (const name of ['a', 'b', 'c', 'd', 'e']) void ask(name)
    slots.resize(3)
    await settle()
    expect(got).toEqual(['a', 'b', 'c'])
    slots.resize(1)
    giveBack('a')
    giveBack('b')
    await settle()
    expect(got).toEqual(['a', 'b', 'c'])
    giveBack('c')
    await settle()
    expect(got).toEqual(['a', 'b', 'c', 'd'])
  })

  test('there is always one slot', () => {
    const { slots } = createQueue(2)
    slots.resize(0)
    expect(slots.capacity).toBe(1)
  })
})
