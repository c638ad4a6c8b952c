import fc from 'fast-check'
import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { EventParser, readEvents, type StreamLimits } from './sse.ts'

const encoder = new TextEncoder()

function parse(chunks: Iterable<Uint8Array>, limits?: StreamLimits): string[] {
  const parser = new EventParser(limits)
  return Array.from(chunks, (chunk) => parser.push(chunk)).flat()
}

describe('EventParser (L1)', () => {
  const table: [what: string, stream: string, events: string[]][] = [
    ['an event', 'data: a\n\n', ['a']],
    ['no blank after the colon', 'data:a\n\n', ['a']],
    ['only the first blank is taken', 'data:  a \n\n', [' a ']],
    ['several lines of data', 'data: a\ndata: b\ndata\n\n', ['a\nb\n']],
    ['CRLF', 'data: a\r\n\r\ndata: b\r\n\r\n', ['a', 'b']],
    ['comments', ':\n\n: ping\n\ndata: a\n: in between\n\n:\n\n', ['a']],
    ['other fields', 'event: x\nid: 7\nretry: 3\ndatax: no\ndata: a\n\n', ['a']],
    ['a byte order mark', '\uFEFFdata: a\n\n', ['a']],
    ['blank lines', '\n\n\n\ndata: a\n\n\n\n', ['a']],
    ['an event that does not end', 'data: a\n\ndata: b\n', ['a']],
    ['a line that does not end', 'data: a\n\ndata: b', ['a']],
    ['nothing', '', []],
    ['lines that end in two ways', 'data: a\r\n\n', ['a']],
    ['letters of up to four bytes', 'data: äØ語🦙\n\n', ['äØ語🦙']],
  ]
  test.each(table)('%s', (_, stream, events) => {
    const bytes = encoder.encode(stream)
    expect(parse([bytes])).toEqual(events)
    expect(parse(Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(events)
  })

  test('bytes that are not UTF-8 become U+FFFD', () => {
    expect(parse([encoder.encode('data: a'), Uint8Array.of(0xff, 0xc3), encoder.encode('b\n\n')])).toEqual([
      'a\uFFFD\uFFFDb',
    ])
  })

  test('however the bytes are cut, the events are the same', () => {
    const piece = fc.constantFrom(
      'data: ',
      'data:',
      ':',
      '\n',
      '\r\n',
      '\n\n',
      'é',
      '🦙',
      '{"a":1}',
      '[DONE]',
      'x',
    )
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 60 }),
        fc.array(fc.nat(200), { maxLength: 20 }),
        (pieces, cuts) => {
          const bytes = encoder.encode(pieces.join(''))
          const ends = [...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length]
          const chunks = ends.map((end, i) => bytes.subarray(ends[i - 1] ?? 0, end))
          expect(parse(chunks)).toEqual(parse([bytes]))
        },
      ),
    )
  })

  test.each([
    ['a line', ['data: 12345678901']],
    ['a line in many pieces', Array<string>(20).fill('x')],
    ['an event of many lines', Array<string>(4).fill('data: 1234\n')],
  ])('%s over the limit is refused', (_, pieces) => {
    const chunks = pieces.map((piece) => encoder.encode(piece))
    expect(() => parse(chunks, { line: 16, total: 1000 })).toThrow(
      expect.objectContaining({ kind: 'malformed', transient: false }),
    )
  })

  test('a stream over the limit is refused', () => {
    const chunks = Array<Uint8Array>(11).fill(encoder.encode('data: a\n\n'))
    expect(parse(chunks.slice(1), { line: 16, total: 90 })).toHaveLength(10)
    expect(() => parse(chunks, { line: 16, total: 90 })).toThrow(
      expect.objectContaining({ kind: 'malformed', transient: false }),
    )
  })
})

describe('readEvents', () => {
  const signal = new AbortController().signal

  test('ends at [DONE], says nothing of what comes after, and lets go of the source', async () => {
    const source = Readable.from([encoder.encode('data: a\n\ndata: [DONE]\n\ndata: late\n\n')])
    const events: string[] = []
    await readEvents(source, signal, (data) => events.push(data))
    expect(events).toEqual(['a'])
    expect(source.destroyed).toBe(true)
  })

  test('after an abort it says nothing more, though the bytes are there', async () => {
    const source = Readable.from(
      ['data: a\n\ndata: b\n\n', 'data: c\n\n'].map((text) => encoder.encode(text)),
    )
    const controller = new AbortController()
    const events: string[] = []
    await readEvents(source, controller.signal, (data) => {
      events.push(data)
      controller.abort()
    })
    expect(events).toEqual(['a'])
    expect(source.destroyed).toBe(true)
  })

  test('ends with the source, and rejects with what breaks it, before it is read too', async () => {
    const events: string[] = []
    await readEvents(Readable.from([encoder.encode('data: a\n\ndata: b')]), signal, (data) =>
      events.push(data),
    )
    expect(events).toEqual(['a'])
    const broken = new Readable({ read() {} })
    const reading = readEvents(broken, signal, () => {})
    broken.destroy(new Error('gone'))
    await expect(reading).rejects.toThrow('gone')
    await expect(readEvents(broken, signal, () => {})).rejects.toThrow('gone')
    await readEvents(new Readable({ read() {} }).destroy(), signal, () => {})
  })

  test('what the listener throws ends it', async () => {
    const source = Readable.from([encoder.encode('data: a\n\n')])
    const refuse = () => {
      throw new Error('refused')
    }
    await expect(readEvents(source, signal, refuse)).rejects.toThrow('refused')
    expect(source.destroyed).toBe(true)
  })
})
