import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { answersFolder, RawAnswer, readAnswer, readCommittedAnswer } from './raw-answer.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paddock-answers-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const notThere = () => null
const sha = (text: string) => createHash('sha256').update(text).digest('hex')

test('pieces are joined on disk, with their bytes and hash; each is told with its offset', async () => {
  const beats: [number, string][] = []
  const raw = new RawAnswer(folder, 'task_1.1', (offset, text) => beats.push([offset, text]))
  raw.add('Grü')
  raw.add('ße \u{1F600}')
  await expect.poll(() => beats.length).toBe(1)
  raw.add('!\n')
  const text = 'Grüße \u{1F600}!\n'
  expect(await raw.end()).toEqual({
    bytes: Buffer.byteLength(text),
    hash: sha(text),
    content: Buffer.from(text),
  })
  expect(beats).toEqual([
    [0, 'Grüße \u{1F600}'],
    [8, '!\n'],
  ])
  expect(await readAnswer(folder, 'task_1.1')).toBe(text)
  expect(await readCommittedAnswer(folder, 'task_1.1', sha(text), notThere)).toBe(text)
})

test('what has come so far can be read while the rest is on its way', async () => {
  const raw = new RawAnswer(folder, 'c', () => {})
  raw.add('so far')
  await expect.poll(() => readAnswer(folder, 'c')).toBe('so far')
  await raw.end()
})

test('a new call of the same name begins anew', async () => {
  for (const text of ['a long first answer', 'short']) {
    const raw = new RawAnswer(folder, 'c', () => {})
    raw.add(text)
    await raw.end()
  }
  expect(await readAnswer(folder, 'c')).toBe('short')
})

test('an empty answer is an answer', async () => {
  expect(await new RawAnswer(folder, 'c', () => {}).end()).toEqual({
    bytes: 0,
    hash: sha(''),
    content: Buffer.alloc(0),
  })
  expect(await readCommittedAnswer(folder, 'c', sha(''), notThere)).toBe('')
})

test('an answer that is not there is empty; one that is not the committed one is none', async () => {
  expect(await readAnswer(folder, 'nobody')).toBe('')
  expect(await readCommittedAnswer(folder, 'nobody', sha(''), notThere)).toBeNull()
  const raw = new RawAnswer(folder, 'c', () => {})
  raw.add('whole')
  const { hash } = await raw.end()
  writeFileSync(join(folder, 'c.txt'), 'changed')
  expect(await readCommittedAnswer(folder, 'c', hash, notThere)).toBeNull()
})

test('what a power cut took of the file is taken from the ledger', async () => {
  const raw = new RawAnswer(folder, 'c', () => {})
  raw.add('whole')
  const { hash, content } = await raw.end()
  const inLedger = (wanted: string) => (wanted === hash ? content : null)
  writeFileSync(join(folder, 'c.txt'), 'who')
  expect(await readCommittedAnswer(folder, 'c', hash, inLedger)).toBe('whole')
  rmSync(join(folder, 'c.txt'))
  expect(await readCommittedAnswer(folder, 'c', hash, inLedger)).toBe('whole')
})

test('a long answer is synced as a file, and not kept in the ledger as well', async () => {
  const raw = new RawAnswer(join(folder, 'runs', 'new'), 'c', () => {})
  const text = '0123456789abcdef'.repeat(20_000)
  for (let from = 0; from < text.length; from += 50_000) {
    raw.add(text.slice(from, from + 50_000))
    await sleep(60)
  }
  expect(await raw.end()).toEqual({ bytes: text.length, hash: sha(text), content: null })
  expect(await readCommittedAnswer(join(folder, 'runs', 'new'), 'c', sha(text), notThere)).toBe(text)
})

test('a call whose name holds a path stays in its folder', async () => {
  const raw = new RawAnswer(folder, '../../evil', () => {})
  raw.add('x')
  await raw.end()
  expect(readFileSync(join(folder, '..%2F..%2Fevil.txt'), 'utf8')).toBe('x')
})

test('a folder that cannot be written is told at the end', async () => {
  const raw = new RawAnswer(folder, 'x'.repeat(300), () => {})
  raw.add('x')
  await expect(raw.end()).rejects.toMatchObject({ code: 'ENAMETOOLONG' })
})

test('the answers of a run lie below its own folder', () => {
  expect(answersFolder('/data', 'run-1')).toBe(join('/data', 'runs', 'run-1', 'answers'))
})
