import fc from 'fast-check'
import { expect, test } from 'vitest'
import { joinAnswers } from './join-answers.ts'
import { createExtractor, extract, extractOne } from './parse.ts'
import { isPlausiblePath } from './plausible-path.ts'

const runs = 200_000
const piece = fc.constantFrom(
  '```',
  '````',
  '~~~',
  '\n',
  '\r\n',
  ' ',
  '`',
  '**',
  '# ',
  'File: ',
  'python:',
  'src/app.py',
  '../../etc/passwd',
  'path/to/file.py',
  '<think>',
  '</think>',
  '[THINK]',
  'a.py',
  '```python\n',
  '```python:src/app.py\n',
  'x = 1\n',
  'https://example.org/a.py',
  'Authorization: Bearer <your_token>',
  '\u0000',
  '\u202e',
  '😀',
  '\ud83d',
  '$ rm -rf /\n',
)
const answers = fc.array(fc.oneof({ weight: 5, arbitrary: piece }, fc.string({ maxLength: 12 })), {
  maxLength: 60,
})
const texts = answers.map((pieces) => pieces.join(''))

test('no answer makes extraction throw, or a name leave the grammar (S62)', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const { files, conflicts } = extract(text)
      for (const { path } of [...files, ...conflicts]) expect(isPlausiblePath(path).ok).toBe(true)
      expect(extractOne(text, 'src/app.py').files.every(({ path }) => path === 'src/app.py')).toBe(true)
    }),
    { numRuns: runs },
  )
})

test('however an answer is cut, its blocks are the same', () => {
  fc.assert(
    fc.property(answers, (pieces) => {
      const extractor = createExtractor()
      for (const piece of pieces) extractor.feed(piece)
      expect(extractor.end()).toEqual(extract(pieces.join('')))
    }),
    { numRuns: runs },
  )
})

test('a continuation that repeats nothing is joined as it is, or without what it repeats', () => {
  fc.assert(
    fc.property(texts, texts, (before, after) => {
      const joined = joinAnswers(before, after)
      expect(joined.startsWith(before)).toBe(true)
      expect(after.endsWith(joined.slice(before.length))).toBe(true)
    }),
    { numRuns: runs },
  )
})
