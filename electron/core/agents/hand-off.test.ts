import { describe, expect, test } from 'vitest'
import { created, createTask, drafted, fold, type TaskSketch } from '../../../shared/history.fixture.ts'
import type { NewRunEvent } from '../../../shared/run-event.ts'
import type { TaskResult } from '../../../shared/task.ts'
import { handOffs } from './hand-off.ts'

const sketch: Record<string, TaskSketch> = {
  code: {},
  tests: { role: 'qa_engineer', type: 'testing', needs: ['code'] },
  more: { role: 'qa_engineer', type: 'testing', needs: ['code'] },
  verse: { role: 'poet', type: 'verse', needs: ['code'] },
  revision: { type: 'revision', needs: ['code'] },
  docs: { role: 'technical_writer', type: 'documentation', needs: ['tests'] },
}
const result: TaskResult = {
  summary: 'Wrote 2 of 2 planned files.',
  text: null,
  files: ['a.py', 'b.py'],
  assumptions: [],
}
const told = (more: Partial<TaskResult> = {}, ...events: NewRunEvent[]) =>
  handOffs(fold(created(sketch), ...events), createTask('code'), { ...result, ...more }, 'dev_001')

test('those who work on directly are told once each, oneself is not (S13, S45)', () => {
  expect(told()).toEqual(
    ['qa_001', 'poet_001'].map((to_agent) => ({
      message_id: `code:hand-off:${to_agent}`,
      from_agent: 'dev_001',
      to_agent,
      kind: 'hand-off',
      content: 'Done: Do code. Wrote 2 of 2 planned files.\nFiles: a.py, b.py',
      task_id: 'code',
    })),
  )
  expect(handOffs(fold(created(sketch)), createTask('docs'), result, 'writer_001')).toEqual([])
})

describe('what is told', () => {
  const linesOf = (...given: Parameters<typeof told>) => told(...given)[0]!.content.split('\n')

  test('what was planned and is not there', () => {
    const file = (path: string) => ({ path, kind: 'implementation' as const, purpose: 'For it.', needs: [] })
    const files = ['a.py', 'c.py', 'd.py'].map(file)
    const plan: NewRunEvent = { type: 'plan-made', task: 'code', how: 'schema', files, refused: [] }
    expect(
      linesOf({}, plan, drafted('code', 'a.py', 1), drafted('code', 'd.py', 2, { complete: false })),
    ).toContain('Not made: c.py, d.py')
  })

  test('files that several answers claim', () => {
    const [version, other] = [1, 2].map((content) => {
      const event = drafted('code', 'x.py', content)
      return event.type === 'file-drafted' ? event.draft : null
    })
    const conflict: NewRunEvent = {
      type: 'file-conflicted',
      task: 'code',
      path: 'x.py',
      versions: [version!, other!],
    }
    expect(linesOf({}, conflict)).toContain('Not made: x.py')
  })

  test('at most eight lines, whatever there is', () => {
    const lines = linesOf({
      summary: 'Long.\nAnd\n# longer.',
      files: Array.from({ length: 40 }, (_, index) => `f${index}.py`),
      assumptions: Array.from({ length: 9 }, (_, index) => `Assumption ${index}\n${'x'.repeat(900)}`),
    })
    expect(lines.length).toBeLessThanOrEqual(8)
    expect(lines[0]).toBe('Done: Do code. Long. And # longer.')
    expect(lines[1]).toMatch(/^Files: f0\.py, .*, f11\.py and 28 more$/)
    expect(lines.at(-1)).toBe('And 6 more assumptions.')
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(400)
  })
})
