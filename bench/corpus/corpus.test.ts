import { describe, expect, test } from 'vitest'
import { generateAnswer, generateAnswers } from './generate.ts'
import type { LabelledAnswer, Reader } from './labelled-answer.ts'
import { readNaively } from './naive-reader.ts'
import { readRecordedAnswers } from './recorded-answers.ts'
import { addUp, judgeAnswer } from './score.ts'
import { alter } from './spoil.ts'
import { readWrittenAnswers } from './written-answers.ts'

const written = readWrittenAnswers()
const generated = generateAnswers(1500)
const all = [...written, ...readRecordedAnswers(), ...generated]

describe('labels', () => {
  test('the same seed gives the same answer, another seed another', () => {
    expect(generateAnswer(7)).toEqual(generateAnswer(7))
    // Two answers of one short file may be alike.
    expect(new Set(generated.map(({ text }) => text)).size).toBeGreaterThan(generated.length * 0.99)
  })

  test('there are enough of each kind', () => {
    const conventions = new Set(generated.map(({ convention }) => convention))
    const traps = new Set(generated.flatMap((answer) => answer.traps))
    expect(conventions.size).toBeGreaterThanOrEqual(40)
    expect(traps.size).toBeGreaterThanOrEqual(35)
    expect(written.length).toBeGreaterThanOrEqual(60)
  })

  test('no path is both a file and none', () => {
    const contradictory = all.filter(({ files, notWhole, mustNotBeFiles }) => {
      const none = new Set([...mustNotBeFiles, ...notWhole.map(({ path }) => path)])
      return files.some(({ path }) => none.has(path))
    })
    expect(contradictory.map(({ name }) => name)).toEqual([])
  })

  test('a plan asks for each file that is there', () => {
    const odd = all.filter(({ plan, files }) => plan && files.some(({ path }) => !plan.includes(path)))
    expect(odd.map(({ name }) => name)).toEqual([])
  })

  test('a second version of a file differs from the first', () => {
    const same = generated.flatMap(({ files }) => files.filter((file) => alter(file) === file.content))
    expect(same).toEqual([])
  })

  test('what is in no file stands in the answer as it is', () => {
    const flat = (text: string) => text.replace(/^[^\S\n]+/gm, '')
    const missing = all.filter(({ text, unplaced }) =>
      unplaced.some((content) => !flat(text).includes(flat(content))),
    )
    expect(missing.map(({ name }) => name)).toEqual([])
  })

  test('every line of a file stands in the answer', () => {
    const missing = all.flatMap(({ name, text, files, mayBeFiles = [] }) => {
      const plain = text.includes('"content"') || text.includes('": "') ? `${text}\n${unescape(text)}` : text
      return [...files, ...mayBeFiles]
        .filter(({ content }) => content.split('\n').some((line) => !plain.includes(line)))
        .map(({ path }) => `${name}: ${path}`)
    })
    expect(missing).toEqual([])
  })

  test('a labelled range has its first and last lines right: no fence line is taken in at the ends', () => {
    const edges = all
      .filter(({ name }) => !name.startsWith('generated'))
      .flatMap(({ name, files }) =>
        files
          .filter(({ path }) => !path.endsWith('.md'))
          .filter(({ content }) => /^\s*(?:```|<\/?content>)|\n\s*(?:```|<\/content>)\n?$/.test(content))
          .map(({ path }) => `${name}: ${path}`),
      )
    expect(edges).toEqual([])
  })
})

function unescape(text: string): string {
  return [...text.matchAll(/"(?:[^"\\\n]|\\.)*"/g)].map(([string]) => String(JSON.parse(string))).join('\n')
}

describe('judging', () => {
  const perfect =
    ({ files }: LabelledAnswer): Reader =>
    () =>
      files.map(({ path, content }) => ({ path, content, whole: true }))

  test('a reader that takes just what the labels say has no miss', () => {
    const judged = all.map((answer) => judgeAnswer(answer, perfect(answer)))
    expect(judged.flatMap(({ misses }) => misses)).toEqual([])
    const { files, filesRight, answersRight } = addUp(judged)
    expect([filesRight, answersRight]).toEqual([files, all.length])
  })

  const answer: LabelledAnswer = {
    name: 'one',
    convention: 'any',
    traps: [],
    text: '',
    files: [{ path: 'a.py', content: 'a\n', also: ['a'] }],
    notWhole: [{ path: 'cut.py', why: 'cut off' }],
    mayBeFiles: [{ path: 'b.py', content: 'b\n' }],
    mustNotBeFiles: ['run.py'],
    unplaced: ['ls\n'],
  }
  const right = { path: 'a.py', content: 'a\n', whole: true }
  const kinds = (...files: ReturnType<Reader>) =>
    judgeAnswer(answer, () => files).misses.map(({ kind, path }) => `${kind} ${path}`)

  test.each([
    ['exact', [right], []],
    ['another content that is allowed', [{ ...right, content: 'a' }], []],
    ['a file that may be one', [right, { path: 'b.py', content: 'b\n', whole: true }], []],
    ['a cut file, known to be', [right, { path: 'cut.py', content: 'c', whole: false }], []],
    ['nothing', [], ['lost a.py']],
    ['another content', [{ ...right, content: 'a\n\n' }], ['content a.py']],
    ['not taken as whole', [{ ...right, whole: false }], ['not whole a.py']],
    [
      'a block under the name of a file',
      [{ ...right, content: 'ls\n' }],
      ['content a.py', 'wrong name a.py'],
    ],
    ['a name from prose', [right, { path: 'run.py', content: 'x', whole: true }], ['wrong name run.py']],
    ['an invented name', [right, { path: 'x.py', content: 'x', whole: false }], ['wrong name x.py']],
    [
      'one content, two names',
      [right, { path: 'cut.py', content: 'a\n', whole: false }],
      ['wrong name cut.py'],
    ],
    [
      'something else under the name of a file that may be one',
      [right, { path: 'b.py', content: 'ls\n', whole: true }],
      ['wrong name b.py'],
    ],
    ['a cut file as whole', [right, { path: 'cut.py', content: 'c', whole: true }], ['accepted cut.py']],
  ])('%s', (_what, files, misses) => expect(kinds(...files)).toEqual(misses))

  test('the plain reader reads plain answers and no more', () => {
    const score = addUp(all.map((one) => judgeAnswer(one, readNaively)))
    expect(score.filesRight).toBeGreaterThan(0)
    expect(score.wrongNames).toBeGreaterThan(0)
  })
})
