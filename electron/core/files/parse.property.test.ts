import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { skipBecause } from '../../../e2e/fixtures/skip.ts'
import { neverClosed } from './complete.ts'
import { createExtractor, extract, extractOne, wholeDocument } from './parse.ts'
import { isPlausiblePath } from './plausible-path.ts'

const fragments = [
  '``` ```` ~~~ ~~~~ ```python ```python:a.py ```md ```markdown:README.md ```b.py ```python:../x.py a.py <a>',
  '` ~ **d.py** <think> </think> [THINK] [/THINK] \ufeff',
]
  .flatMap((list) => list.split(' '))
  .concat(['   ```sh', '    ```', 'File: `c.py`', '### e.md', 'x = 1', '# f.py', ': ', ' ', '\r\n', '\n\n'])
const answers = fc
  .array(fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...fragments, '\n', '\n') }, fc.string()), {
    maxLength: 40,
  })
  .map((list) => list.join(''))

describe('any answer', () => {
  test('gives the same in any pieces', () => {
    fc.assert(
      fc.property(answers, fc.array(fc.nat(200), { maxLength: 20 }), (text, cuts) => {
        const whole = extract(text)
        expect(scan(cutAt(text, cuts))).toEqual(whole)
        expect(scan([...text])).toEqual(whole)
      }),
      { numRuns: 500 },
    )
  })

  test('throws nothing, leaves no block unexplained and finds only plausible paths', () => {
    fc.assert(
      fc.property(answers, (text) => {
        wholeDocument(text)
        for (const { files, unplaced, conflicts } of [extract(text), extractOne(text, 'src/plan.py')]) {
          for (const { path } of [
            ...files,
            ...conflicts,
            ...conflicts.flatMap((conflict) => conflict.versions),
          ]) {
            expect(isPlausiblePath(path)).toEqual({ ok: true, path })
          }
          for (const { reason } of unplaced) expect(reason).not.toBe('')
        }
      }),
      { numRuns: 1000 },
    )
  })
})

describe('extract(render(files)) is files', () => {
  const kinds = [
    ['py', 'python'],
    ['ts', 'typescript'],
    ['json', 'json'],
    ['sh', 'bash'],
    ['txt', 'text'],
    ['rs', 'rust'],
  ] as const
  const segment = fc.stringMatching(/^[a-z][a-z0-9_]{2,8}$/)
  const lines = fc.string({ unit: 'grapheme' }).map((line) => line.replace(/^[\s`~]+|[\r\n]/g, ''))
  const content = fc
    .tuple(fc.array(lines, { maxLength: 8 }), fc.constantFrom('\n', '\r\n'))
    .map(([list, end]) => list.map((line) => line + end).join(''))
  const file = fc
    .tuple(fc.array(segment, { minLength: 1, maxLength: 3 }), fc.constantFrom(...kinds), content)
    .map(([parts, [extension, language], text]) => ({
      path: `${parts.join('/')}.${extension}`,
      language,
      content: text,
    }))
    .filter(({ path }) => isPlausiblePath(path).ok)
  const files = fc.uniqueArray(file, { selector: ({ path }) => path, maxLength: 5 })

  type File = { path: string; language: string; content: string }
  const a = (one: File) => `\`\`\`${one.language}:${one.path}\n${one.content}\`\`\`\n`
  const b = (one: File) => `File: \`${one.path}\`\n\`\`\`${one.language}\n${one.content}\`\`\`\n`
  test.each([
    ['A (S60)', a, 'fence'],
    ['B (S61)', b, 'heading'],
    [
      'B with a blank line, tildes and a heading',
      (one: File) => `### ${one.path}\n\n~~~\n${one.content}~~~\n`,
      'heading',
    ],
  ])('format %s', (_format, render, how) => {
    fc.assert(
      fc.property(files, (all) => {
        const found = extract(all.map(render).join('\nAnd the next one:\n\n'))
        expect(found.files.map(pick)).toEqual(all.map((one) => ({ path: one.path, content: one.content })))
        expect(found.files.every((one) => one.how === how && one.lacks !== neverClosed)).toBe(true)
        expect([...found.unplaced, ...found.conflicts]).toEqual([])
      }),
    )
  })

  test('format C: several, mixed (S62)', () => {
    fc.assert(
      fc.property(files, fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }), (all, choices) => {
        const text = all.map((one, index) => (choices[index] ? a(one) : b(one))).join('')
        expect(extract(text).files.map(pick)).toEqual(
          all.map(({ path, content: made }) => ({ path, content: made })),
        )
      }),
    )
  })

  test.each([
    ['python', 'py', '"""\n'],
    ['rust', 'rs', '"\n'],
    ['typescript', 'ts', '`\n'],
    ['go', 'go', 'x := 1 /* a\n'],
  ])('format C: a text that the %s code never closes', (language, extension, content) => {
    const open = { path: `aaa.${extension}`, language, content }
    const next = [
      { path: 'a00.py', language: 'python', content: '' },
      { path: 'a01.txt', language: 'text', content: 'b\n' },
    ]
    for (const render of [a, b]) {
      for (const all of [[open], [open, next[0]!], [open, ...next], [next[1]!, open]]) {
        expect(extract(all.map(render).join('')).files.map(pick)).toEqual(
          all.map(({ path, content: made }) => ({ path, content: made })),
        )
      }
    }
  })
})

describe('recorded answers', () => {
  const source = new URL('../../../../shared/samples/responses/metagpt-sample.json', import.meta.url)

  test('name only what they name, and every other block has its reason', (context) => {
    if (!existsSync(source)) skipBecause(context, 'the recorded answers are not beside the project')
    const recorded = JSON.parse(readFileSync(source, 'utf8')) as { response: string }[]
    const results = recorded.map(({ response }) => extract(response))
    const files = results.flatMap((result) => result.files)
    const unplaced = results.flatMap((result) => result.unplaced)

    const [ranking, feedback] = ['smart_search_engine/ranking.py', 'smart_search_engine/user_feedback.py']
    expect(files.map(({ path }) => path).join(' ')).toBe(
      `game.py main.py game.py game.py ${ranking} ${feedback} game.py main.py game.py game.py ${ranking} ${feedback} game.py`,
    )
    expect(files.filter(({ path }) => !isPlausiblePath(path).ok)).toEqual([])
    expect(files.filter(({ complete }) => !complete)).toEqual([])
    expect(results.flatMap((result) => result.conflicts)).toEqual([])
    // What is left are diagrams, shell commands, lists of tasks as JSON, and code that no word gives a file.
    const hinted = unplaced.filter(({ candidates }) => candidates.length > 0)
    expect(hinted.map(({ language }) => language).join()).toBe('mermaid,shell,shell,shell,python,python')
    expect(unplaced.filter(({ closed }) => !closed)).toHaveLength(1)
    expect(recorded.map(({ response }) => scan(response.match(/[^]{1,4}/g) ?? []))).toEqual(
      recorded.map(({ response }) => extract(response)),
    )
  })
})

function scan(pieces: readonly string[]) {
  const extractor = createExtractor()
  for (const piece of pieces) extractor.feed(piece)
  return extractor.end()
}

function cutAt(text: string, cuts: readonly number[]): string[] {
  const edges = [0, ...cuts.map((cut) => Math.min(cut, text.length)).sort((a, b) => a - b), text.length]
  return edges.slice(1).map((edge, index) => text.slice(edges[index], edge))
}

function pick({ path, content }: { path: string; content: string }) {
  return { path, content }
}
