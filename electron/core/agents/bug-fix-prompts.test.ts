import { beforeAll, describe, expect, test } from 'vitest'
import { bug, code, files, mended, ownPlan, requirement } from './gcd.fixture.ts'
import { answerWith, at, messageIn, order, play, scripted, type Played } from './play.fixture.ts'

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
