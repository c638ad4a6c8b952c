import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { SomeSettings } from '../../../shared/settings.ts'
import { Workflow } from '../../../shared/workflow.ts'
import { withCodeReview } from '../code-review.ts'
import { WorkflowTemplates } from '../workflow-templates.ts'
import { answerWith, plausible, play, type Asked, type Played } from './play.fixture.ts'

const templates = new WorkflowTemplates(join(import.meta.dirname, '../../../resources/workflows'))
const samples = join(import.meta.dirname, '../../../../shared/samples/bugs/gcd')
const hasSample = existsSync(samples)
if (!hasSample) console.warn('The sample bugs are not here: a stand-in of our own takes their place.')
const sample = (name: string, standIn: string) =>
  hasSample ? readFileSync(join(samples, name), 'utf8') : standIn

const code = sample(
  'gcd.py',
  'def gcd(a, b):\n    if b == 0:\n        return a\n    else:\n        return gcd(a % b, b)\n',
)
const mended = code.replace('gcd(a % b, b)', 'gcd(b, a % b)')
const files = {
  'gcd.py': code,
  'test_gcd.py': sample('test_gcd.py', 'import pytest\nfrom gcd import gcd\n'),
  'gcd.json': sample('gcd.json', '[[17, 0], 17]\n'),
}
const requirement = 'gcd(35, 21) in gcd.py ends with a RecursionError; it should be 7.'
const bug = {
  title: 'Endless recursion',
  file: 'gcd.py',
  quote: 'return gcd(a % b, b)',
  severity: 'critical',
  steps: ['Call gcd(35, 21).'],
  expected: 'It is 7.',
  actual: 'A RecursionError.',
  cause: 'The remainder stands first.',
  suggestion: 'Return gcd(b, a % b).',
}
const ownPlan = (...paths: string[]) =>
  JSON.stringify({
    reason: 'The order of the arguments is wrong.',
    files: paths.map((path) => ({ path, purpose: 'Passes b first.', needs: [] })),
  })

/** What is answered to `task` or `task file`; the rest is plausible. */
const scripted = (answers: Readonly<Record<string, string>>) => (asked: Asked) =>
  answers[asked.file === null ? asked.task : `${asked.task} ${asked.file}`] ?? plausible(asked)
const at = ({ asked }: Played, task: string, file: string | null = null) =>
  asked.find((one) => one.task === task && one.file === file)!
const order = ({ asked }: Played) => asked.map(({ task, file }) => (file === null ? task : `${task} ${file}`))
/** The message of an agent, as it stands in a prompt. */
const messageIn = ({ user }: Asked, from: string, kind: string) =>
  new RegExp(
    `^# Message to you from ${from} \\(${kind}\\)\\n\\n([^]*?)(?=\\n\\n# (?:Message to you|Your task))`,
    'm',
  ).exec(user)?.[1] ?? null

describe('bug_fix on the sample gcd (S13, S25, S45, S52)', () => {
  const answers = {
    'qa_engineer / bug_analysis': JSON.stringify({ summary: 'It never ends.', findings: [bug] }),
    'developer / bug_fix': ownPlan('gcd.py'),
    'developer / bug_fix gcd.py': answerWith('gcd.py', mended),
    'qa_engineer / regression_testing': ownPlan('test_gcd_regression.py'),
  }
  let played: Played
  beforeAll(async () => {
    played = await play('bug_fix', { requirement, files, answer: scripted(answers) })
  })

  test('each step asks what its form says, in its order', () => {
    expect(played.result.status).toBe('completed')
    expect(order(played)).toEqual([
      'qa_engineer / bug_analysis',
      'developer / bug_fix',
      'developer / bug_fix gcd.py',
      'qa_engineer / regression_testing',
      'qa_engineer / regression_testing test_gcd_regression.py',
      'technical_writer / release_notes docs/release-notes.md',
    ])
    expect(played.asked.map(({ schema }) => schema)).toEqual(['report', 'files', null, 'files', null, null])
    expect(played.result.files.map(({ path }) => path).sort()).toEqual([
      'docs/bug-report.md',
      'docs/release-notes.md',
      'gcd.py',
      'test_gcd_regression.py',
    ])
  })

  test('every prompt holds the buggy file and its test', () => {
    for (const { user } of played.asked) {
      expect(user).toContain(`# Existing file: gcd.py\n\n\`\`\`\n${code.trimEnd()}`)
      expect(user).toContain(files['test_gcd.py'].trimEnd())
    }
  })

  const report = `It never ends.

## 1. Endless recursion

- File: \`gcd.py\`, line 5
- Quote: \`return gcd(a % b, b)\`
- Severity: critical
- Expected: It is 7.
- Actual: A RecursionError.
- Cause: The remainder stands first.
- Suggestion: Return gcd(b, a % b).

Steps to reproduce:

1. Call gcd(35, 21).`

  test('the developer’s prompts hold the bug report of QA, once', () => {
    for (const file of [null, 'gcd.py']) {
      const asked = at(played, 'developer / bug_fix', file)
      expect(messageIn(asked, 'qa_001', 'bug report')).toBe(report)
      expect(asked.user).not.toContain('# Decided: bug analysis')
    }
  })

  test('so does the hand-off, after the report', () => {
    expect(messageIn(at(played, 'developer / bug_fix', 'gcd.py'), 'qa_001', 'hand off')).toBe(
      'Done: Analyze the bug. 1 finding. It never ends.\nFiles: docs/bug-report.md',
    )
    expect(messageIn(at(played, 'qa_engineer / regression_testing'), 'dev_001', 'hand off')).toBe(
      'Done: Fix the bug. Wrote 1 of 1 planned file.\nFiles: gcd.py',
    )
  })

  test('others read the report as a decision', () => {
    const { user } = at(played, 'technical_writer / release_notes', 'docs/release-notes.md')
    expect(user).toContain(`# Decided: bug analysis (qa engineer)\n\n# Bug report\n\n${report}`)
  })

  test('the mended file is asked for whole, and stands in the prompts after it', () => {
    expect(at(played, 'developer / bug_fix', 'gcd.py').closing).toContain(
      '`gcd.py` exists already: its content stands above',
    )
    for (const one of played.asked.slice(3))
      expect(one.user).toContain(
        `# File: gcd.py (instead of the existing one)\n\n\`\`\`\n${mended.trimEnd()}`,
      )
  })

  test('each step hands over to the next, once (S13)', () => {
    const sent = played.result.messages.map(({ message_id }) => message_id)
    expect(sent).toEqual([
      'task_1:bug-report:dev_001',
      'task_1:hand-off:dev_001',
      'task_2:hand-off:qa_001',
      'task_3:hand-off:writer_001',
    ])
    const { user } = at(played, 'technical_writer / release_notes', 'docs/release-notes.md')
    expect(user).toContain(
      'Done: Create regression tests. Wrote 1 of 1 planned file.\nFiles: test_gcd_regression.py',
    )
  })

  test('in a small window the file that is to be given again stays whole, and other things are cut (S92)', async () => {
    const long = `${code}\n${Array.from({ length: 60 }, (_, index) => `# A line of the file, number ${index}.`).join('\n')}\n`
    const wordy = { ...bug, cause: 'It was like this, and then it was like that. '.repeat(40) }
    const small = await play('bug_fix', {
      requirement,
      files: { 'gcd.py': long },
      window: 5000,
      answer: scripted({
        ...answers,
        'qa_engineer / bug_analysis': JSON.stringify({
          summary: 'It is.',
          findings: Array.from({ length: 8 }, () => wordy),
        }),
      }),
    })
    const { user } = at(small, 'developer / bug_fix', 'gcd.py')
    expect(user).toContain(long)
    expect(user).toContain('[message of qa_001: ')
  })

  test('a fix that changes nothing is asked for again, then the step fails and says why', async () => {
    const same = await play('bug_fix', {
      requirement,
      files,
      answer: scripted({ ...answers, 'developer / bug_fix gcd.py': answerWith('gcd.py', code) }),
    })
    expect(same.result.status).toBe('partial')
    expect(same.result.steps[1]).toMatchObject({
      status: 'failed',
      error: { message: expect.stringContaining('gives gcd.py as it was before, without the change') },
    })
    expect(same.result.steps.slice(2).map(({ status }) => status)).toEqual(['blocked', 'blocked'])
  })
})

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

describe('what is set reaches the server (S51 to S54, S83)', () => {
  const design = 'developer / architecture_design'
  const documents = 'business_analyst / documentation_requirements'
  test.each<[string, string, SomeSettings['agents'], string, string]>([
    [
      'languages',
      'feature_development',
      { developer: { languages: ['typescript', 'go'] } },
      design,
      'the preferred one first: typescript, go.',
    ],
    [
      'frameworks',
      'feature_development',
      { developer: { frameworks: ['fastapi'] } },
      design,
      'where they fit the requirement: fastapi.',
    ],
    [
      'test frameworks',
      'feature_development',
      { qa_engineer: { test_frameworks: ['unittest'] } },
      design,
      'the preferred one first: unittest.',
    ],
    [
      'coverage',
      'testing',
      { qa_engineer: { coverage_threshold: 91 } },
      'qa_engineer / test_planning',
      'at least 91 %',
    ],
    [
      'platforms',
      'infrastructure',
      { devops_engineer: { platforms: ['aws'] } },
      'devops_engineer / design',
      'Platforms in use: aws.',
    ],
    [
      'tools',
      'infrastructure',
      { devops_engineer: { ci_cd_tools: ['gitlab_ci'] } },
      'devops_engineer / design',
      'run with: gitlab ci.',
    ],
    [
      'openapi',
      'documentation',
      { technical_writer: { formats: ['markdown', 'openapi'] } },
      documents,
      'docs/openapi.yaml describes it',
    ],
    [
      'openapi',
      'feature_development',
      { technical_writer: { formats: ['openapi'] } },
      design,
      'docs/openapi.yaml describes it',
    ],
    [
      'confluence',
      'documentation',
      { technical_writer: { formats: ['confluence'] } },
      documents,
      'docs/user-guide.confluence',
    ],
    [
      'style',
      'documentation',
      { technical_writer: { style_guide: 'house' } },
      documents,
      'Style guide for all documents: house.',
    ],
  ])('%s in %s', async (_, workflow, agents, task, text) => {
    const set = await play(workflow, { settings: { agents } })
    expect(at(set, task).closing).toContain(text)
  })

  test('what is not set is not said', async () => {
    const { closing } = at(await play('documentation'), documents)
    expect(closing).not.toMatch(/openapi|confluence/i)
  })

  test('an agent has its own temperature and length of answers; the others have those of all', async () => {
    const settings = {
      openai_temperature: 0.3,
      openai_max_tokens: 3000,
      agents: { developer: { temperature: 0.7, max_tokens: 1234 }, qa_engineer: { temperature: 0 } },
    }
    const { asked } = await play('feature_development', { settings })
    const sent = new Map(
      asked.map(({ task, body }) => [task.split(' ')[0], [body.temperature, body.max_tokens]]),
    )
    expect(Object.fromEntries(sent)).toEqual({
      business_analyst: [0.3, 3000],
      developer: [0.7, 1234],
      qa_engineer: [0, 3000],
      devops_engineer: [0.3, 3000],
      technical_writer: [0.3, 3000],
    })
  })

  test.each<[SomeSettings['agents'], string]>([
    [{ qa_engineer: { test_frameworks: ['unittest'] } }, 'with unittest of the standard library'],
    [{ qa_engineer: { test_frameworks: ['pytest'] } }, 'with pytest'],
  ])('with %j tests are asked for %s', async (agents, text) => {
    const played = await play('feature_development', { settings: { agents } })
    expect(at(played, 'qa_engineer / testing', 'tests/test_text.py').closing).toContain(
      `How to write it, ${text}`,
    )
  })
})
