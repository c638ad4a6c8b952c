import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { graphProblems, Workflow, type WorkflowStep } from '../../shared/workflow.ts'
import { knownRoles } from './agents/registry.ts'
import { withCodeReview } from './code-review.ts'
import { WorkflowTemplates } from './workflow-templates.ts'

const templates = new WorkflowTemplates(join(import.meta.dirname, '../../resources/workflows'))
/** A step on one line: number, who, what, after which. */
const lines = ({ steps }: Workflow) =>
  steps.map(({ step, agent_role, task_type, depends_on }) => {
    const after = depends_on.length > 0 ? ` [${depends_on.join(', ')}]` : ''
    return `${step} ${agent_role} ${task_type}${after}`
  })

describe('the steps of the workflows that are built in', () => {
  test('all six are there (S23)', () => {
    expect(
      templates
        .list()
        .workflows.map(({ workflow }) => workflow.id)
        .sort(),
    ).toEqual(['analysis', 'bug_fix', 'documentation', 'feature_development', 'infrastructure', 'testing'])
  })

  test.each<[id: string, row: string, steps: string[]]>([
    [
      'feature_development',
      'S24',
      [
        '1 business_analyst requirements_analysis',
        '2 developer architecture_design [1]',
        '3 developer implementation [2]',
        '4 qa_engineer testing [3]',
        '5 devops_engineer deployment [3]',
        '6 technical_writer documentation [3, 4, 5]',
      ],
    ],
    [
      'bug_fix',
      'S25',
      [
        '1 qa_engineer bug_analysis',
        '2 developer bug_fix [1]',
        '3 qa_engineer regression_testing [2]',
        '4 technical_writer release_notes [3]',
      ],
    ],
    [
      'infrastructure',
      'S26',
      [
        '1 devops_engineer design',
        '2 devops_engineer implementation [1]',
        '3 qa_engineer infrastructure_testing [2]',
        '4 technical_writer infrastructure_documentation [2, 3]',
      ],
    ],
    [
      'documentation',
      'S27',
      [
        '1 business_analyst documentation_requirements',
        '2 technical_writer documentation_creation [1]',
        '3 developer technical_review [2]',
      ],
    ],
    [
      'analysis',
      'S28',
      [
        '1 business_analyst requirements_gathering',
        '2 developer technical_feasibility [1]',
        '3 devops_engineer infrastructure_assessment [1]',
        '4 business_analyst final_analysis [2, 3]',
      ],
    ],
    [
      'testing',
      'S52',
      [
        '1 qa_engineer test_planning',
        '2 qa_engineer test_creation [1]',
        '3 developer fix [2]',
        '4 qa_engineer test_report [2, 3]',
      ],
    ],
  ])('%s (%s)', (id, _, steps) => {
    const workflow = templates.get(id)
    expect(lines(workflow)).toEqual(steps)
    expect(workflow.reads_workspace).toBe(id !== 'feature_development')
  })
})

describe('a code review for any workflow that writes code (S51)', () => {
  const reviewed = (id: string) => withCodeReview(templates.get(id))

  test.each<[id: string, steps: string[]]>([
    [
      'feature_development',
      [
        '1 business_analyst requirements_analysis',
        '2 developer architecture_design [1]',
        '3 developer implementation [2]',
        '7 developer code_review [3]',
        '8 developer revision [3, 7]',
        '4 qa_engineer testing [3, 8]',
        '5 devops_engineer deployment [3, 8]',
        '6 technical_writer documentation [3, 8, 4, 5]',
      ],
    ],
    [
      'bug_fix',
      [
        '1 qa_engineer bug_analysis',
        '2 developer bug_fix [1]',
        '5 developer code_review [2]',
        '6 developer revision [2, 5]',
        '3 qa_engineer regression_testing [2, 6]',
        '4 technical_writer release_notes [3]',
      ],
    ],
    [
      'testing',
      [
        '1 qa_engineer test_planning',
        '2 qa_engineer test_creation [1]',
        '3 developer fix [2]',
        '5 developer code_review [3]',
        '6 developer revision [3, 5]',
        '4 qa_engineer test_report [2, 3, 6]',
      ],
    ],
  ])('%s', (id, steps) => {
    expect(lines(reviewed(id))).toEqual(steps)
    expect(graphProblems(reviewed(id).steps, knownRoles)).toEqual([])
    expect(Workflow.parse(reviewed(id))).toEqual(reviewed(id))
  })

  test.each(['infrastructure', 'documentation', 'analysis'])('%s writes none, which is said', (id) => {
    expect(() => reviewed(id)).toThrow(
      expect.objectContaining({
        code: 'invalid',
        message: `No step of the workflow "${id}" writes code, so there is none to review.`,
        hint: expect.stringContaining('implementation, bug_fix, fix'),
      }),
    )
  })

  test('once is enough', () => {
    expect(() => withCodeReview(reviewed('bug_fix'))).toThrow('has a code review already')
  })

  test('the template itself stays as it is', () => {
    const before = structuredClone(templates.get('bug_fix'))
    reviewed('bug_fix')
    expect(templates.get('bug_fix')).toEqual(before)
  })

  const own = (...steps: (Partial<WorkflowStep> & { step: number })[]) =>
    Workflow.parse({
      id: 'own',
      name: 'Own',
      description: 'My own',
      steps: steps.map((step) => ({
        agent_role: 'developer',
        task_type: 'implementation',
        description: 'Write',
        ...step,
      })),
    })

  test('a step that writes code twice is reviewed twice, with numbers that nobody has', () => {
    const workflow = withCodeReview(own({ step: 5 }, { step: 90, depends_on: [5] }))
    expect(lines(workflow)).toEqual([
      '5 developer implementation',
      '91 developer code_review [5]',
      '92 developer revision [5, 91]',
      '90 developer implementation [5, 92]',
      '93 developer code_review [90]',
      '94 developer revision [90, 93]',
    ])
  })

  test('a gate waits for what is passed on: the revised code', () => {
    const { steps } = withCodeReview(own({ step: 1, gate: true, priority: 7 }))
    expect(steps.map(({ gate, priority }) => [gate, priority])).toEqual([
      [false, 7],
      [false, 7],
      [true, 7],
    ])
  })
})
