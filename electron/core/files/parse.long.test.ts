import fc from 'fast-check'
import { expect, test } from 'vitest'
import { joinAnswers } from './join-answers.ts'
import { createExtractor, extract, extractOne } from './parse.ts'
import { isPlausiblePath } from './plausible-path.ts'

const million = 1_000_000
const runs = 200_000
const piece = fc.constantFrom(
  ...'``` ```` ~~~ \n \r\n ** # - 1. ` " {} [] ( ) """ : ... <think> </think> [THINK] a.py src/app.py'.split(
    ' ',
  ),
  ...[
    'File: ',
    'python:',
    '../../etc/passwd',
    'path/to/file.py',
    '\n```\n',
    '```python\n',
    '```md\n',
    '    ```\n',
  ],
  ...[
    '```python:src/app.py\n',
    '### `README.md`\n',
    'x = 1\n',
    '# a.py\n',
    '// b.ts\n',
    '```json\n',
    '```diff\n',
  ],
  ...['<file path="a.py">\n', '</file>\n', '<write_file>\n<path>a.py</path>\n<content>\n', '</content>\n'],
  ...[
    '</write_file>\n',
    '<![CDATA[',
    ']]>',
    '<<<<<<< SEARCH\n',
    '=======\n',
    '>>>>>>> REPLACE\n',
    '--- a/a.py\n',
  ],
  ...[
    '+++ b/a.py\n',
    '@@ -1 +1 @@\n',
    '-x\n',
    '+y\n',
    'diff --git a/a.py b/a.py\n',
    '{"a.py": "x\\n"}',
    '%%writefile a.py\n',
  ],
  ...[
    "cat > a.py <<'EOF'\n",
    'EOF\n',
    'Here is the corrected version of `a.py`:\n',
    '# ... rest of the code\n',
    '\ufeff',
  ],
  ...[
    'https://example.org/a.py',
    'Authorization: Bearer <your_token>',
    '\u0000',
    '\u202e',
    '😀',
    '\ud83d',
    '$ rm -rf /\n',
  ],
)
const answers = fc.array(fc.oneof({ weight: 9, arbitrary: piece }, fc.string({ maxLength: 12 })), {
  maxLength: 40,
})
const texts = answers.map((pieces) => pieces.join(''))

function millisecondsOf(text: string): number {
  const start = performance.now()
  extract(text)
  return performance.now() - start
}

/** The longest that one answer took; none of these is longer than some hundred characters. */
let slowest = 0

test('a million answers: none makes extraction throw or slow, and no name leaves the grammar (S62, J1)', () => {
  const start = performance.now()
  let read = 0
  fc.assert(
    fc.property(texts, (text) => {
      read++
      const first = millisecondsOf(text)
      // What was slow by chance, on a busy machine, is not so again.
      const least = first < 20 ? first : Math.min(...[1, 2, 3].map(() => millisecondsOf(text)))
      slowest = Math.max(slowest, least)
      const { files, unplaced, conflicts } = extract(text)
      for (const { path } of [...files, ...conflicts])
        if (!isPlausiblePath(path, null, true).ok) expect.fail(`${path} is no path`)
      if (unplaced.some(({ reason }) => reason === '')) expect.fail('a block has no reason')
    }),
    { numRuns: million },
  )
  expect(read).toBeGreaterThanOrEqual(million)
  console.log(
    `A million answers in ${Math.round((performance.now() - start) / 1000)} s, the slowest ${slowest.toFixed(1)} ms.`,
  )
})

test('of one file that was asked for, no answer gives another', () => {
  fc.assert(
    fc.property(texts, (text) => {
      expect(extractOne(text, 'src/app.py').files.every(({ path }) => path === 'src/app.py')).toBe(true)
    }),
    { numRuns: runs },
  )
})

test('however an answer is cut, its files are the same', () => {
  fc.assert(
    fc.property(answers, (pieces) => {
      const extractor = createExtractor()
      for (const one of pieces) extractor.feed(one)
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
