import { afterEach, describe, expect, test } from 'vitest'
import { faults } from '../../e2e/fixtures/fault-answers.ts'
import { branches, endAll, input, orchestrator, start, step } from './orchestrator.fixture.ts'
import { WorkflowEngine } from './workflow-engine.ts'

afterEach(endAll)

describe('the engine', () => {
  test('knows its templates and runs one by its name (S21, S23, S24, S32)', async () => {
    await start(() => faults.badRequest())
    const engine = new WorkflowEngine(orchestrator)
    expect(engine.listWorkflowTypes()).toContain('feature_development')
    const template = engine.getWorkflowTemplate('feature_development')
    expect(
      template.steps.map(({ step: number, agent_role, task_type, depends_on }) => [
        number,
        agent_role,
        task_type,
        depends_on,
      ]),
    ).toEqual([
      [1, 'business_analyst', 'requirements_analysis', []],
      [2, 'developer', 'architecture_design', [1]],
      [3, 'developer', 'implementation', [2]],
      [4, 'qa_engineer', 'testing', [3]],
      [5, 'devops_engineer', 'deployment', [3]],
      [6, 'technical_writer', 'documentation', [3, 4, 5]],
    ])
    const result = await engine.executeWorkflow('feature_development', input)
    expect(result).toMatchObject({ workflow_type: 'feature_development', status: 'failed' })
  })

  test("runs a workflow of one's own (S21, S29, S32, S115)", async () => {
    await start(() => 'Decided.')
    const engine = new WorkflowEngine(orchestrator)
    const own = engine.createWorkflow({
      id: 'own',
      name: 'Own',
      description: 'Own',
      steps: [step(1, 'developer')],
    })
    expect((await engine.executeWorkflow(own, input)).status).toBe('completed')
  })

  test('says what is not there, and all that is wrong (S32)', async () => {
    await start(() => 'Decided.')
    const engine = new WorkflowEngine(orchestrator)
    expect(() => engine.getWorkflowTemplate('poetry')).toThrow(
      expect.objectContaining({ code: 'not-found', hint: expect.stringContaining('feature_development') }),
    )
    for (const definition of [
      null,
      {},
      'steps',
      { ...branches, steps: [] },
      { ...branches, steps: [step(1, 'developer', [1])] },
    ])
      expect(() => engine.createWorkflow(definition)).toThrow(expect.objectContaining({ code: 'invalid' }))
  })
})
