import { describe, expect, test } from 'vitest'
import {
  completed,
  created,
  drafted,
  fold,
  hashOf,
  type TaskSketch,
} from '../../../shared/history.fixture.ts'
import type { NewRunEvent } from '../../../shared/run-event.ts'
import { always, gatherSections } from './sections.ts'

const contents: Record<string, string> = {
  [hashOf(100)]: 'Words of the document.\n',
  [hashOf(101)]: '# Requirements\n\nStories.\n',
  [hashOf(102)]: 'Layers.\n',
  [hashOf(1)]: 'print(1)',
  [hashOf(2)]: 'print(2)\n',
  [hashOf(3)]: '# Title\n\n````\ncode\n````\n',
}
const read = (hash: string) => contents[hash]!
const chain: Record<string, TaskSketch> = {
  analysis: { role: 'business_analyst', type: 'requirements_analysis' },
  design: { needs: ['analysis'], type: 'architecture_design' },
  code: { needs: ['design'] },
  tests: { needs: ['code'], role: 'qa_engineer', type: 'testing' },
  docs: { needs: ['code', 'tests'], role: 'technical_writer', type: 'documentation' },
}
const history = (...events: NewRunEvent[]) =>
  fold(
    {
      ...created(chain),
      documents: [{ name: 'a.md', hash: hashOf(100), bytes: 5, encoding: 'utf-8', warnings: [] }],
    } as NewRunEvent,
    completed('analysis', hashOf(101)),
    completed('design', hashOf(102)),
    ...events,
  )
const labels = (task: string, needs: string[] = [], ...events: NewRunEvent[]) =>
  gatherSections(history(...events), task, read, needs).map(({ label }) => label)
const written = [
  drafted('code', 'src/a.py', 1, { language: 'python' }),
  drafted('code', 'src/b.py', 2),
  completed('code'),
  drafted('tests', 'tests/test_a.py', 3),
]
const sources = ['requirement', 'document a.md']
const decisions = ['decisions of analysis', 'decisions of design']

describe('what a task is told (S31, S68-S79)', () => {
  test.each<[string, string, string[], string[]]>([
    ['the first: the requirement and the documents', 'analysis', [], sources],
    ['the second: the decision before it', 'design', [], [...sources, decisions[0]!]],
    ['the third: every decision that it rests on, not only the last', 'code', [], [...sources, ...decisions]],
    [
      'of its own step only the files that it needs',
      'code',
      ['src/a.py'],
      [...sources, ...decisions, 'file src/a.py'],
    ],
    [
      'all files of the step before',
      'tests',
      [],
      [...sources, ...decisions, 'file src/a.py', 'file src/b.py'],
    ],
    [
      'files of every step that it depends on',
      'docs',
      [],
      [...sources, ...decisions, 'file src/a.py', 'file src/b.py', 'file tests/test_a.py'],
    ],
    ['nothing that is not there', 'code', ['src/gone.py'], [...sources, ...decisions]],
  ])('%s', (_, task, needs, expected) => {
    expect(labels(task, needs, ...written)).toEqual(expected)
  })

  const draft = drafted('code', 'x.py', 1)
  const versions = draft.type === 'file-drafted' ? [draft.draft, { ...draft.draft, line: 9 }] : []
  test.each<[string, NewRunEvent]>([
    ['incomplete', drafted('code', 'x.py', 1, { complete: false })],
    ['in conflict', { type: 'file-conflicted', task: 'code', path: 'x.py', versions }],
    ['rejected', { type: 'file-decided', path: 'x.py', decision: 'rejected', hash: hashOf(1) }],
  ])('a file that is %s is not shown to later steps', (what, event) => {
    const events = what === 'incomplete' ? [event] : [draft, event]
    expect(labels('tests', [], draft)).toContain('file x.py')
    expect(labels('tests', [], ...events)).not.toContain('file x.py')
  })

  test('the newest version of a file is the one that is shown', () => {
    const run = history(...written, drafted('code', 'src/a.py', 2, { call: 'code.2' }))
    const file = gatherSections(run, 'tests', read).find(({ label }) => label === 'file src/a.py')!
    expect(file.text).toBe('# File: src/a.py\n\n```\nprint(2)\n```')
  })

  test('only what is less than the source may be cut: files first, then needed ones, then decisions (S92)', () => {
    const sections = gatherSections(history(...written), 'tests', read, ['src/b.py'])
    expect(sections.map(({ label, rank }) => [label, rank])).toEqual([
      ['requirement', always],
      ['document a.md', always],
      ['decisions of analysis', 3],
      ['decisions of design', 3],
      ['file src/a.py', 1],
      ['file src/b.py', 2],
    ])
  })
})

describe('how it is written', () => {
  const textOf = (label: string, ...events: NewRunEvent[]) =>
    gatherSections(history(...events), 'docs', read).find((section) => section.label === label)?.text

  test.each([
    ['requirement', '# Requirement\n\nA tool'],
    ['document a.md', '# Document: a.md\n\nWords of the document.'],
    ['decisions of design', '# Decided: architecture design (developer)\n\nLayers.'],
    ['file src/a.py', '# File: src/a.py\n\n```python\nprint(1)\n```'],
    ['file tests/test_a.py', '# File: tests/test_a.py\n\n`````\n# Title\n\n````\ncode\n````\n`````'],
  ])('%s', (label, text) => {
    expect(textOf(label, ...written)).toBe(text)
  })

  test('without words of the person there are only documents, and without documents only words', () => {
    const run = history()
    expect(gatherSections({ ...run, requirement: '' }, 'analysis', read)).toHaveLength(1)
    expect(gatherSections({ ...run, documents: [] }, 'analysis', read)).toHaveLength(1)
  })
})
