import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { TextDelta } from '../../shared/run-event.ts'
import { createBatcher, type Batch } from './batch-events.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const delta = (call: string, offset: number, text: string, tokens = offset + text.length): TextDelta => ({
  run: 'r',
  task: 't',
  call,
  offset,
  text,
  tokens,
  tokens_per_second: 200,
})

function gather(limits = {}) {
  const batches: Batch[] = []
  const batcher = createBatcher((batch) => void batches.push(batch), limits)
  return { batches, ...batcher }
}

describe('batches of events', () => {
  test('what comes in one turn is one batch, in its order', async () => {
    const { batches, push } = gather()
    push('run', { seq: 1 })
    push('opened', { documents: [] })
    push('run', { seq: 2 })
    await vi.advanceTimersByTimeAsync(1)
    expect(batches).toEqual([
      [
        ['run', { seq: 1 }],
        ['opened', { documents: [] }],
        ['run', { seq: 2 }],
      ],
    ])
  })

  test('an event after silence does not wait', async () => {
    const { batches, push } = gather()
    push('run', { seq: 1 })
    await vi.advanceTimersByTimeAsync(500)
    push('run', { seq: 2 })
    await vi.advanceTimersByTimeAsync(1)
    expect(batches).toHaveLength(2)
  })

  test.each([1, 5, 40])(
    '%i calls of 1,000 deltas a second make at most 31 batches and lose no text',
    async (calls) => {
      const { batches, push } = gather()
      for (let at = 0; at < 1000; at++) {
        for (let call = 0; call < calls; call++) push('delta', delta(`c${call}`, at * 3, 'abc'))
        await vi.advanceTimersByTimeAsync(1)
      }
      await vi.advanceTimersByTimeAsync(100)
      expect(batches.length).toBeLessThanOrEqual(32)
      expect(batches.every((batch) => batch.length === calls)).toBe(true)
      for (let call = 0; call < calls; call++) expect(textOf(batches, `c${call}`)).toBe('abc'.repeat(1000))
    },
  )

  test('deltas of one call are joined past events of others; the last figures hold', async () => {
    const { batches, push } = gather()
    push('delta', delta('a', 0, 'one '))
    push('run', { seq: 1 })
    push('delta', delta('b', 0, 'other'))
    push('delta', delta('a', 4, 'two', 2))
    await vi.advanceTimersByTimeAsync(1)
    expect(batches).toEqual([
      [
        ['delta', delta('a', 0, 'one two', 2)],
        ['run', { seq: 1 }],
        ['delta', delta('b', 0, 'other')],
      ],
    ])
  })

  test('deltas with a gap between them are not joined, nor those of two runs', async () => {
    const { batches, push } = gather()
    push('delta', delta('a', 0, 'one'))
    push('delta', delta('a', 7, 'far'))
    push('delta', delta('a', 10, ' on'))
    push('delta', { ...delta('a', 3, 'x'), run: 'other' })
    await vi.advanceTimersByTimeAsync(1)
    expect(batches[0]!.map(([, payload]) => (payload as TextDelta).text)).toEqual(['one', 'far on', 'x'])
  })

  test('what was pushed is not changed', async () => {
    const { push } = gather()
    const first = Object.freeze(delta('a', 0, 'one'))
    push('delta', first)
    push('delta', delta('a', 3, 'two'))
    await vi.advanceTimersByTimeAsync(1)
    expect(first.text).toBe('one')
  })

  test('a window that reads slowly gets the next batch when it has read', async () => {
    const batches: Batch[] = []
    let read = () => {}
    const { push } = createBatcher((batch) => {
      batches.push(batch)
      return new Promise((resolve) => (read = resolve))
    })
    push('delta', delta('a', 0, 'one'))
    await vi.advanceTimersByTimeAsync(1)
    push('delta', delta('a', 3, 'two'))
    push('delta', delta('a', 6, 'three'))
    await vi.advanceTimersByTimeAsync(1000)
    expect(batches).toHaveLength(1)
    read()
    await vi.advanceTimersByTimeAsync(1)
    expect(textOf(batches, 'a')).toBe('onetwothree')
  })

  test.each([
    ['events', (push: (name: string, payload: unknown) => void) => push('run', { seq: 1 })],
    [
      'characters',
      (push: (name: string, payload: unknown) => void) => push('delta', delta('a', 0, 'x'.repeat(100))),
    ],
  ])(
    'a window that does not read costs no more than its share of %s, and is told to read anew',
    async (_, tell) => {
      const batches: Batch[] = []
      let read = () => {}
      const { push } = createBatcher(
        (batch) => {
          batches.push(batch)
          return new Promise((resolve) => (read = resolve))
        },
        { events: 50, characters: 5000 },
      )
      tell(push)
      await vi.advanceTimersByTimeAsync(1)
      for (let at = 0; at < 500; at++) tell(push)
      read()
      await vi.advanceTimersByTimeAsync(100)
      expect(batches.slice(1)).toEqual([[['reset', null]]])
      push('run', { seq: 9 })
      read()
      await vi.advanceTimersByTimeAsync(100)
      expect(batches.at(-1)).toEqual([['run', { seq: 9 }]])
    },
  )

  test('a send that fails ends nothing', async () => {
    const batches: Batch[] = []
    const { push } = createBatcher((batch) => {
      batches.push(batch)
      if (batches.length === 1) throw new Error('gone')
    })
    push('run', { seq: 1 })
    await vi.advanceTimersByTimeAsync(1)
    push('run', { seq: 2 })
    await vi.advanceTimersByTimeAsync(100)
    expect(batches).toHaveLength(2)
  })

  test('nothing is sent after stop', async () => {
    const { batches, push, stop } = gather()
    push('run', { seq: 1 })
    stop()
    push('run', { seq: 2 })
    await vi.advanceTimersByTimeAsync(1000)
    expect(batches).toEqual([])
    expect(vi.getTimerCount()).toBe(0)
  })
})

/** The text of a call as a reader puts it together: each piece at its offset, without a gap. */
function textOf(batches: readonly Batch[], call: string): string {
  let text = ''
  for (const [name, payload] of batches.flat()) {
    const piece = payload as TextDelta
    if (name !== 'delta' || piece.call !== call) continue
    expect(piece.offset).toBe(text.length)
    text += piece.text
  }
  return text
}
