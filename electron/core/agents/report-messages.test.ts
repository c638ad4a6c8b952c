import { expect, test } from 'vitest'
import { completed, created, drafted, fold } from '../../../shared/history.fixture.ts'
import type { Finding } from './report.ts'
import { reportMessages } from './report-messages.ts'

const run = fold(
  created({
    code: { role: 'developer' },
    tests: { role: 'qa_engineer', needs: ['code'] },
    verse: { role: 'poet', needs: ['code'] },
    review: { role: 'developer', type: 'code_review', needs: ['tests', 'verse'] },
  }),
  drafted('code', 'a.py', 1),
  drafted('tests', 'tests/test_a.py', 2),
  drafted('verse', 'verse.md', 3),
  completed('tests'),
)
const finding = (title: string, file: string): Finding => ({
  title,
  file,
  quote: '',
  lines: [1],
  severity: 'major',
  steps: [],
  expected: '',
  actual: '',
  cause: '',
  problem: 'It is wrong.',
  suggestion: '',
})
const told = { task: 'review', from: 'dev_001', kind: 'remark', to: 'developer' } as const

test('each author is told of their own files, the given role of all others (S45, S51)', () => {
  const findings = [
    finding('Mine', 'a.py'),
    finding('A test', 'tests/test_a.py'),
    finding('Nobody’s', 'old.py'),
    finding('A property', 'constructor'),
    finding('A verse', 'verse.md'),
  ]
  const messages = reportMessages({ summary: 'Five.', findings }, told, run)
  expect(
    messages.map(({ message_id, to_agent, content }) => [message_id, to_agent, content.match(/^## .*$/gm)]),
  ).toEqual([
    ['review:remark:dev_001', 'dev_001', ['## 1. Mine', '## 2. Nobody’s', '## 3. A property']],
    ['review:remark:qa_001', 'qa_001', ['## 1. A test']],
    ['review:remark:poet_001', 'poet_001', ['## 1. A verse']],
  ])
  expect(messages[1]).toMatchObject({ from_agent: 'dev_001', kind: 'remark', task_id: 'review' })
  expect(messages.every(({ content }) => content.startsWith('Five.\n\n## 1. '))).toBe(true)
})

test('where nothing was found nobody is told', () => {
  expect(reportMessages({ summary: 'Fine.', findings: [] }, told, run)).toEqual([])
})

test('words go to the given role as they are', () => {
  const bugs = { ...told, kind: 'bug-report', to: 'technical_writer' } as const
  expect(reportMessages({ prose: 'It is all wrong.' }, bugs, run)).toEqual([
    {
      message_id: 'review:bug-report:writer_001',
      from_agent: 'dev_001',
      to_agent: 'writer_001',
      kind: 'bug-report',
      content: 'It is all wrong.',
      task_id: 'review',
    },
  ])
})
