import { describe, expect, test } from 'vitest'
import type { Workflow } from '../../../shared/workflow.ts'
import { play } from './play.fixture.ts'

const workflow: Workflow = {
  id: 'one_step',
  name: 'One',
  description: 'One step of no known form',
  reads_workspace: false,
  steps: [
    {
      step: 1,
      agent_role: 'developer',
      task_type: 'note',
      description: 'Write',
      depends_on: [],
      priority: 1,
      gate: false,
    },
  ],
}
const f = '```'
const file = (path: string, content: string) => `\`${path}\`:\n\n${f}python\n${content}${f}\n\n`
const first =
  file('a.py', 'x = 1\n') +
  file('b.py', 'y = 1\n# ... rest of the code\n') +
  file('c.py', 'z = [\n    1,\n') +
  `${f}python\nprint()\n${f}\n`

describe('files of which an answer has a part only', { timeout: 60_000 }, () => {
  test('are asked for again, each once and alone, and count when they are whole (S64)', async () => {
    const whole = { 'b.py': file('b.py', 'y = 1\ny += 1\n'), 'c.py': file('c.py', 'z = [\n    1,\n]\n') }
    const { asked, result } = await play(workflow, {
      answer: ({ file: path }) => (path === null ? first : whole[path as 'b.py']),
    })
    expect(asked.map(({ file: path }) => path)).toEqual([null, 'b.py', 'c.py'])
    expect(result.status).toBe('completed')
    expect(result.files.map(({ path, complete, elided }) => [path, complete, elided])).toEqual([
      ['a.py', true, false],
      ['b.py', true, false],
      ['c.py', true, false],
    ])
    expect(result.extracted).toEqual({ whole: 3, incomplete: 0, elided: 0, conflicts: 0, unplaced: 1 })
  })

  test('that stay so are not made: the step says which, and the figures tell of them (S64)', async () => {
    const part = { 'b.py': file('b.py', 'y = 1\n# ...\n'), 'c.py': file('c.py', 'z = [\n    1,\n') }
    const { asked, result } = await play(workflow, {
      answer: ({ file: path }) => (path === null ? first : part[path as 'b.py']),
    })
    expect(asked.map(({ file: path }) => path)).toEqual([null, 'b.py', 'c.py'])
    expect(result.status).toBe('failed')
    expect(result.steps[0]?.error?.message).toContain('2 of 2 files could not be made')
    expect(result.extracted).toEqual({ whole: 1, incomplete: 1, elided: 1, conflicts: 0, unplaced: 1 })
    expect(result.files.map(({ path, held }) => [path, held])).toEqual([
      ['a.py', null],
      ['b.py', 'It leaves lines out: a comment stands for them.'],
      ['c.py', 'It is incomplete: the answer was cut off.'],
    ])
  })
})
