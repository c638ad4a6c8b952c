import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { PromptFiles } from '../context/prompt-files.ts'
import { WorkflowTemplates } from '../workflow-templates.ts'
import { formOf, taskForms, writesKind } from './task-forms.ts'

const resources = join(import.meta.dirname, '../../../resources')
const prompts = new PromptFiles(join(resources, 'prompts'))
const workflows = new WorkflowTemplates(join(resources, 'workflows')).list().workflows

test.each(workflows.flatMap(({ workflow }) => workflow.steps.map((step) => [workflow.id, step] as const)))(
  '%s: $1.agent_role / $1.task_type has a form and a prompt of its own (S50 to S54)',
  (_, { agent_role, task_type }) => {
    expect(formOf(agent_role, task_type)).not.toBeNull()
    expect(prompts.has(`${agent_role}/${task_type}.md`)).toBe(true)
  },
)

test('every form has a prompt, and every prompt a form', () => {
  const roles = readdirSync(join(resources, 'prompts'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && prompts.has(`${entry.name}/role.md`))
    .map(({ name }) => name)
  const written = roles.flatMap((role) => prompts.taskTypes(role).map((type) => `${role}/${type}`))
  expect(written.sort()).toEqual([...taskForms.keys()].sort())
})

test('no two tasks of one workflow keep their decisions under the same path', () => {
  for (const { workflow } of workflows) {
    const paths = workflow.steps.flatMap(({ agent_role, task_type }) => {
      const form = formOf(agent_role, task_type)
      return form && 'path' in form ? [form.path] : []
    })
    expect(new Set(paths).size).toBe(paths.length)
  }
})

describe('who writes which files', () => {
  test.each([
    ['developer', 'implementation', 'implementation'],
    ['developer', 'bug_fix', 'implementation'],
    ['developer', 'fix', 'implementation'],
    ['developer', 'revision', 'implementation'],
    ['qa_engineer', 'testing', 'testing'],
    ['qa_engineer', 'test_creation', 'testing'],
    ['qa_engineer', 'regression_testing', 'testing'],
    ['qa_engineer', 'infrastructure_testing', 'testing'],
    ['devops_engineer', 'deployment', 'deployment'],
    ['devops_engineer', 'implementation', 'deployment'],
    ['technical_writer', 'documentation', 'documentation'],
    ['technical_writer', 'documentation_creation', 'documentation'],
    ['technical_writer', 'infrastructure_documentation', 'documentation'],
    ['go_developer', 'implementation', 'implementation'],
    ['qa_engineer', 'test_report', null],
    ['technical_writer', 'release_notes', null],
    ['business_analyst', 'requirements_analysis', null],
    ['poet', 'verse', null],
    ['developer', 'constructor', null],
  ])('%s / %s: %s', (role, type, kind) => expect(writesKind(role, type)).toBe(kind))
})
