import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { Workflow } from '../../../shared/workflow.ts'
import { withCodeReview } from '../code-review.ts'
import { WorkflowTemplates } from '../workflow-templates.ts'
import { bug, files, ownPlan, requirement } from './gcd.fixture.ts'
import { answerWith, at, messageIn, order, play, scripted, type Played } from './play.fixture.ts'

const templates = new WorkflowTemplates(join(import.meta.dirname, '../../../resources/workflows'))

describe('testing (S45, S52)', () => {
  let played: Played
  beforeAll(async () => {
    played = await play('testing', {
      requirement,
      files,
      answer: scripted({
        'qa_engineer / test_planning': JSON.stringify({
          overview: 'One function.',
          decisions: [{ decision: 'pytest', reason: 'It is used' }],
          files: { testing: [{ path: 'test_more.py', purpose: 'More cases.', needs: ['gcd.py'] }] },
          defects: [bug],
        }),
        'developer / fix': ownPlan('gcd.py'),
      }),
    })
  })

  test('each step asks what its form says', () => {
    expect(played.result.status).toBe('completed')
    expect(order(played)).toEqual([
      'qa_engineer / test_planning',
      'qa_engineer / test_creation test_more.py',
      'developer / fix',
      'developer / fix gcd.py',
      'qa_engineer / test_report',
    ])
  })

  test('the developer’s prompts hold the defects that QA suspects', () => {
    for (const file of [null, 'gcd.py'])
      expect(messageIn(at(played, 'developer / fix', file), 'qa_001', 'bug report')).toMatch(
        /^Found by reading the code: nothing was run\.\n\n## 1\. Endless recursion\n\n- File: `gcd\.py`, line 5\n- Quote: `return gcd\(a % b, b\)`\n/,
      )
  })

  test('each hand-off stands in the prompt of the one who goes on (S13, S45)', () => {
    expect(messageIn(at(played, 'developer / fix'), 'qa_001', 'hand off')).toBe(
      'Done: Create the tests. Wrote 1 of 1 planned file.\nFiles: test_more.py',
    )
    expect(messageIn(at(played, 'qa_engineer / test_report'), 'dev_001', 'hand off')).toBe(
      'Done: Fix the suspected defects. Wrote 1 of 1 planned file.\nFiles: gcd.py',
    )
  })

  test('a fix that finds nothing to change says so, and the report follows', async () => {
    const { result } = await play('testing', {
      requirement,
      files,
      answer: scripted({ 'developer / fix': '{"reason": "The code is right.", "files": []}' }),
    })
    expect(result.status).toBe('completed')
    expect(result.steps[2]?.summary).toBe('Nothing to change. The code is right.')
  })
})

describe('a reviewer’s remarks (S51)', () => {
  const remark = {
    title: 'A name',
    file: 'hello/text.py',
    quote: 'Content of',
    severity: 'minor',
    problem: 'It misleads.',
    suggestion: 'Rename it.',
  }

  test('stand in the prompts of the developer who revises, with the code', async () => {
    const played = await play(withCodeReview(templates.get('feature_development')), {
      answer: scripted({
        'developer / code_review': JSON.stringify({ summary: 'Nearly.', findings: [remark] }),
        'developer / revision': ownPlan('hello/text.py'),
        'developer / revision hello/text.py': answerWith('hello/text.py', 'The revised text.\n'),
      }),
    })
    expect(played.result.status).toBe('completed')
    for (const file of [null, 'hello/text.py']) {
      const asked = at(played, 'developer / revision', file)
      expect(messageIn(asked, 'dev_001', 'remark')).toMatch(
        /^Nearly\.\n\n## 1\. A name\n\n- File: `hello\/text\.py`, line 1\n- Quote: `Content of`\n/,
      )
      expect(asked.user).toContain('# File: hello/text.py\n')
    }
    const tests = at(played, 'qa_engineer / testing', 'tests/test_text.py')
    expect(tests.user).toContain('# File: hello/text.py\n\n```\nThe revised text.\n```')
    expect(tests.user).toContain('# File: hello/main.py\n')
  })

  test('stand in the prompts of the writer who revises', async () => {
    const documentation = templates.get('documentation')
    const revision = {
      step: 4,
      agent_role: 'technical_writer',
      task_type: 'revision',
      description: 'Revise',
      depends_on: [2, 3],
    }
    const played = await play(
      Workflow.parse({ ...documentation, steps: [...documentation.steps, revision] }),
      {
        answer: scripted({
          'developer / technical_review': JSON.stringify({
            summary: 'Nearly.',
            findings: [{ ...remark, file: 'README.md' }],
          }),
          'technical_writer / revision': ownPlan('README.md'),
        }),
      },
    )
    expect(played.result.status).toBe('completed')
    const asked = at(played, 'technical_writer / revision', 'README.md')
    expect(messageIn(asked, 'dev_001', 'remark')).toContain('- File: `README.md`, line 1')
    expect(asked.user).toContain('# File: README.md\n')
  })
})

describe('the other workflows', () => {
  test('infrastructure: configuration, tests of it and documents, from one plan (S26, S53)', async () => {
    const played = await play('infrastructure')
    expect(played.result.status).toBe('completed')
    expect(order(played)).toEqual([
      'devops_engineer / design',
      'devops_engineer / implementation Dockerfile',
      'qa_engineer / infrastructure_testing tests/test_text.py',
      'technical_writer / infrastructure_documentation README.md',
    ])
    expect(at(played, 'technical_writer / infrastructure_documentation', 'README.md').user).toContain(
      '# File: Dockerfile\n',
    )
  })

  test('documentation: the documents of the plan, and a review of them (S27, S54)', async () => {
    const played = await play('documentation', { requirement, files })
    expect(played.result.status).toBe('completed')
    expect(order(played)).toEqual([
      'business_analyst / documentation_requirements',
      'technical_writer / documentation_creation README.md',
      'developer / technical_review',
    ])
    const written = ['docs/documentation-plan.md', 'README.md', 'docs/technical-review.md']
    expect(played.result.files.map(({ path }) => path)).toEqual(written)
  })

  test('analysis: each document stands in the prompts of those that rest on it, with the feasibility (S28, S50)', async () => {
    const played = await play('analysis', { requirement, files })
    expect(played.result.status).toBe('completed')
    const [, feasibility, assessment, final] = played.asked
    expect([feasibility!.task, assessment!.task].sort()).toEqual([
      'developer / technical_feasibility',
      'devops_engineer / infrastructure_assessment',
    ])
    expect(final!.user).toContain('By developer / technical_feasibility.')
    expect(final!.user).toContain('By devops_engineer / infrastructure_assessment.')
    expect(final!.user).toContain('By business_analyst / requirements_gathering.')
    expect(final!.closing).toContain('## Feasibility')
    const texts = played.result.files.map(({ path }) => path).sort()
    expect(texts).toEqual([
      'docs/final-analysis.md',
      'docs/infrastructure-assessment.md',
      'docs/requirements-gathering.md',
      'docs/technical-feasibility.md',
    ])
  })

  test('an excuse instead of a document is asked for again, then the step fails', async () => {
    const { result, asked } = await play('analysis', { answer: () => 'I cannot do that.' })
    expect(result.status).toBe('failed')
    expect(asked).toHaveLength(2)
    expect(result.steps[0]?.error?.message).toContain('was not the Markdown document that was asked for')
  })
})
