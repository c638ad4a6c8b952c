import { describe, expect, test, vi } from 'vitest'
import { Deltas } from './deltas.ts'
import { StreamedText } from './deltas-text.ts'

const lines = (text: StreamedText) => Array.from({ length: text.lineCount }, (_, index) => text.line(index))

describe('a streaming text', () => {
  test('is lines, of which only the last grows', () => {
    const text = new StreamedText()
    text.add(0, 'one\r\ntw')
    const [first] = lines(text)
    text.add(7, 'o\nthr')
    expect(lines(text)).toEqual(['one', 'two', 'thr'])
    expect(text.line(0)).toBe(first)
    expect([0, 1, 2].map((index) => text.isClosed(index))).toEqual([true, true, false])
    expect(text.length).toBe(12)
  })

  test('a line end that comes in two pieces is one', () => {
    const text = new StreamedText()
    text.add(0, 'one\r')
    text.add(4, '\ntwo')
    expect(lines(text)).toEqual(['one', 'two'])
  })

  test('what is there already is skipped, what has a gap before it is refused', () => {
    const text = new StreamedText()
    expect(text.add(0, 'abc')).toBe(true)
    expect(text.add(1, 'bcd')).toBe(true)
    expect(text.add(0, 'abc')).toBe(true)
    expect(text.add(9, 'x')).toBe(false)
    expect(lines(text)).toEqual(['abcd'])
  })

  test('every way of cutting a text gives the same lines', () => {
    const whole = 'a\n\nbc\r\nd\n'
    for (let size = 1; size <= whole.length; size++) {
      const text = new StreamedText()
      for (let at = 0; at < whole.length; at += size) text.add(at, whole.slice(at, at + size))
      expect(lines(text)).toEqual(['a', '', 'bc', 'd', ''])
    }
  })

  test('its speed is a mean over two seconds', () => {
    const text = new StreamedText()
    text.count(0, 0)
    expect(text.speed(100)).toBeNull()
    for (let at = 100; at <= 5000; at += 100) text.count(at / 5, at)
    expect(text.speed(5000)).toBeCloseTo(200)
    // It halts: half of the span is silence, then all of it.
    expect(text.speed(6000)).toBeCloseTo(100)
    expect(text.speed(8000)).toBe(0)
  })
})

describe('the streaming texts of a run', () => {
  const piece = (offset: number, text: string, tokens = 1) => ({ call: 'c', offset, text, tokens })

  test('whoever listens is told, until they stop', () => {
    const deltas = new Deltas(async () => '')
    const listener = vi.fn<() => void>()
    const stop = deltas.subscribe('c', listener)
    deltas.add(piece(0, 'a'), 0)
    stop()
    deltas.add(piece(1, 'b'), 0)
    expect(listener).toHaveBeenCalledTimes(1)
    expect(deltas.text('c')!.line(0)).toBe('ab')
  })

  test('who comes late reads what is missing once, and loses nothing that comes meanwhile', async () => {
    const answer = Promise.withResolvers<string>()
    const readAnswer = vi.fn<(call: string, offset: number) => Promise<string>>(() => answer.promise)
    const deltas = new Deltas(readAnswer)
    deltas.add(piece(5, 'fg'), 0)
    deltas.add(piece(7, 'hi'), 0)
    answer.resolve('abcdef')
    await answer.promise
    await Promise.resolve()
    expect(deltas.text('c')!.line(0)).toBe('abcdefghi')
    expect(readAnswer).toHaveBeenCalledExactlyOnceWith('c', 0)
  })

  test('an answer that cannot be read is asked for again by the next piece', async () => {
    const deltas = new Deltas(async (_, offset) => {
      if (offset === 0 && attempts++ === 0) throw new Error('gone')
      return 'abcd'
    })
    let attempts = 0
    deltas.add(piece(2, 'c'), 0)
    await new Promise((resolve) => setTimeout(resolve))
    expect(deltas.text('c')!.length).toBe(0)
    deltas.add(piece(3, 'd'), 0)
    await new Promise((resolve) => setTimeout(resolve))
    expect(deltas.text('c')!.line(0)).toBe('abcd')
  })

  test('texts that nobody wants are let go', () => {
    const deltas = new Deltas(async () => '')
    deltas.add({ call: 'old', offset: 0, text: 'x', tokens: 1 }, 0)
    deltas.add({ call: 'read', offset: 0, text: 'x', tokens: 1 }, 0)
    deltas.add(piece(0, 'x'), 0)
    deltas.subscribe('read', () => {})
    deltas.keepOnly(new Set(['c']))
    expect(['old', 'read', 'c'].map((call) => deltas.text(call) !== undefined)).toEqual([false, true, true])
  })
})
