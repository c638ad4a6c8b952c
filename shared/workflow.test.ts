import { describe, expect, test } from 'vitest'
import { AppError } from './errors.ts'
import { checkWorkflow, graphProblems, Workflow, WorkflowStep } from './workflow.ts'

const roles = new Set(['developer', 'qa_engineer'])
const stepOf = (step: number, depends_on: number[] = [], more: Partial<WorkflowStep> = {}): WorkflowStep =>
  WorkflowStep.parse({
    step,
    agent_role: 'developer',
    task_type: 'work',
    description: 'Work',
    depends_on,
    ...more,
  })
const many = (count: number, needs: (step: number) => number[]) =>
  Array.from({ length: count }, (_, index) => stepOf(index + 1, needs(index + 1)))

describe('graphs that can run', () => {
  test.each<[string, WorkflowStep[]]>([
    ['one step', [stepOf(1)]],
    ['a chain', [stepOf(1), stepOf(2, [1]), stepOf(3, [2])]],
    ['a diamond', [stepOf(1), stepOf(2, [1]), stepOf(3, [1]), stepOf(4, [2, 3])]],
    ['a diamond that is listed backwards', [stepOf(4, [2, 3]), stepOf(3, [1]), stepOf(2, [1]), stepOf(1)]],
    ['numbers with gaps', [stepOf(10), stepOf(700, [10])]],
    ['the same dependency twice', [stepOf(1), stepOf(2, [1, 1])]],
    ['two that have nothing to do with each other', [stepOf(1), stepOf(2)]],
    [
      '499 side by side, joined at the end (wide)',
      [
        ...many(499, () => []),
        stepOf(
          500,
          Array.from({ length: 499 }, (_, i) => i + 1),
        ),
      ],
    ],
    ['500 in a row (deep)', many(500, (step) => (step === 1 ? [] : [step - 1]))],
    ['500 that each need all before', many(500, (step) => Array.from({ length: step - 1 }, (_, i) => i + 1))],
  ])('%s (S12, S30)', (_, steps) => {
    expect(graphProblems(steps, roles)).toEqual([])
  })
})

describe('graphs that cannot', () => {
  test.each<[string, WorkflowStep[], string[]]>([
    ['a cycle of two', [stepOf(1, [2]), stepOf(2, [1])], ['Steps wait for each other: 1 -> 2 -> 1.']],
    [
      'a cycle of three behind a good step',
      [stepOf(1), stepOf(2, [1, 4]), stepOf(3, [2]), stepOf(4, [3])],
      ['Steps wait for each other: 2 -> 4 -> 3 -> 2.'],
    ],
    [
      'a cycle that is entered from outside it, named without the way to it',
      [stepOf(1, [2]), stepOf(2, [3]), stepOf(3, [2])],
      ['Steps wait for each other: 2 -> 3 -> 2.'],
    ],
    ['a step that needs itself', [stepOf(1, [1])], ['Step 1 depends on itself.']],
    [
      'a step that needs itself, inside a cycle',
      [stepOf(1, [1, 2]), stepOf(2, [1])],
      ['Step 1 depends on itself.', 'Steps wait for each other: 1 -> 2 -> 1.'],
    ],
    ['an unknown dependency', [stepOf(1, [9])], ['Step 1 depends on step 9, which is not there.']],
    ['too many steps', many(501, () => []), ['There are 501 steps, and at most 500 are possible.']],
    ['a step twice', [stepOf(1), stepOf(1)], ['Step 1 is there twice.']],
    [
      'an unknown role',
      [stepOf(1, [], { agent_role: 'poet' })],
      ['Step 1 asks for the role "poet", which no agent has. Roles: developer, qa_engineer.'],
    ],
  ])('%s is named (S12, S30)', (_, steps, problems) => {
    expect(graphProblems(steps, roles)).toEqual(problems)
  })

  test('a cycle through 500 steps is named whole (S30)', () => {
    const [problem = ''] = graphProblems(
      many(500, (step) => [step === 1 ? 500 : step - 1]),
      roles,
    )
    expect(problem).toMatch(/^Steps wait for each other: 1 -> 500 -> 499 -> .* -> 2 -> 1\.$/)
    expect(problem.split(' -> ')).toHaveLength(501)
  })

  test('everything that is wrong is said at once, in one error (S30)', () => {
    const workflow = {
      id: 'bad',
      name: 'Bad',
      description: 'Bad',
      reads_workspace: false,
      steps: [stepOf(1, [1]), stepOf(2, [3])],
    }
    expect(() => checkWorkflow(workflow, roles)).toThrow(
      expect.objectContaining({
        code: 'invalid',
        message:
          'The workflow "bad" cannot run. Step 1 depends on itself. Step 2 depends on step 3, which is not there.',
        hint: expect.stringContaining('depends_on'),
      }),
    )
    expect(() => checkWorkflow({ ...workflow, steps: [stepOf(1)] }, roles)).not.toThrow(AppError)
  })
})

describe('the schema', () => {
  const step = { step: 1, agent_role: 'developer', task_type: 'work', description: 'Work' }
  const workflow = { id: 'mine', name: 'Mine', description: 'My own', steps: [step] }

  test("a step has the specification's fields, and defaults for the rest (S22)", () => {
    expect(Workflow.parse(workflow).steps).toEqual([{ ...step, depends_on: [], priority: 1, gate: false }])
  })

  test.each<[string, object]>([
    ['no step', { ...workflow, steps: [] }],
    ['no steps at all', { ...workflow, steps: undefined }],
    ['an id that is no file name', { ...workflow, id: '../mine' }],
    ['a field that nobody knows', { ...workflow, step: [] }],
    ['step number 0', { ...workflow, steps: [{ ...step, step: 0 }] }],
    ['half a step number', { ...workflow, steps: [{ ...step, step: 1.5 }] }],
    ['a step number as text', { ...workflow, steps: [{ ...step, step: '1' }] }],
    ['no role', { ...workflow, steps: [{ ...step, agent_role: '' }] }],
    ['a task type that leads elsewhere', { ...workflow, steps: [{ ...step, task_type: '../x' }] }],
    ['no description', { ...workflow, steps: [{ ...step, description: '' }] }],
    ['a dependency that is no number', { ...workflow, steps: [{ ...step, depends_on: ['1'] }] }],
    ['a misspelled field of a step', { ...workflow, steps: [{ ...step, dependsOn: [1] }] }],
  ])('%s is refused (S22, S106)', (_, given) => {
    expect(Workflow.safeParse(given).success).toBe(false)
  })
})
