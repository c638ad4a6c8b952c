import { execFile } from 'node:child_process'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { skips } from './fixtures/skip.ts'
import { bugNames, makeBugWorkspace } from '../electron/core/code/bug-sample.fixture.ts'
import { startScriptedEndpoint } from '../electron/core/rehearsal/scripted-endpoint.ts'
import { findTool } from '../scripts/tools.mjs'
import { createHome, runCli, type Finished, type Home } from './fixtures/cli.ts'
import { readResult } from './fixtures/outputs.ts'
import { readPrompts, type SentPrompt } from './fixtures/prompts.ts'

const workspace = await makeBugWorkspace('gcd')
if (workspace === null) console.warn('The sample bugs are not here: no bug of a stranger is fixed.')
const python = findTool('python3')

const document = '# gcd never returns\n\n`gcd(35, 21)` of gcd.py ends in a RecursionError. It should be 7.\n'
const fixed = 'def gcd(a, b):\n    if b == 0:\n        return a\n    else:\n        return gcd(b, a % b)\n'
const regression = `import unittest

from gcd import gcd


class GcdTest(unittest.TestCase):
    def test_of_the_report(self):
        self.assertEqual(gcd(35, 21), 7)

    def test_as_before(self):
        self.assertEqual(gcd(17, 0), 17)
`
const notes = '# Release notes\n\n## Fixed\n\n- `gcd` returns for every pair of numbers.\n'
const inFile = (path: string, content: string) => `File: \`${path}\`\n\`\`\`\`text\n${content}\`\`\`\`\n`
const plan = (path: string, purpose: string) =>
  JSON.stringify({ reason: 'The recursive call keeps b.', files: [{ path, purpose, needs: [] }] })

/** What is said to each task, and to each of its files. */
const answers: Readonly<Record<string, string>> = {
  'qa_engineer / bug_analysis': JSON.stringify({
    summary: 'gcd calls itself with its arguments in the wrong order.',
    findings: [
      {
        title: 'Endless recursion',
        file: 'gcd.py',
        quote: '        return gcd(a % b, b)',
        severity: 'critical',
        steps: ['Call gcd(35, 21).'],
        expected: '7',
        actual: 'RecursionError',
        cause: 'The recursive call keeps b, so b never becomes 0.',
        suggestion: 'return gcd(b, a % b)',
      },
    ],
  }),
  'developer / bug_fix': plan('gcd.py', 'Swaps the arguments of the recursive call.'),
  'developer / bug_fix gcd.py': inFile('gcd.py', fixed),
  'qa_engineer / regression_testing': plan('test_gcd_regression.py', 'Tests the calls of the report.'),
  'qa_engineer / regression_testing test_gcd_regression.py': inFile('test_gcd_regression.py', regression),
  'technical_writer / release_notes docs/release-notes.md': inFile('docs/release-notes.md', notes),
}

function answerTo(prompt: string, said = answers): string {
  const own = prompt.slice(prompt.lastIndexOf('# Your task: '))
  const task = /^# Your task: (.*)$/m.exec(own)?.[1] ?? ''
  const file = /^The file to write: `(.*)`$/m.exec(own)?.[1]
  return said[file === undefined ? task : `${task} ${file}`] ?? ''
}

describe.skipIf(workspace === null)('a bug of a stranger (S25, S52)', { timeout: 60_000 }, () => {
  let home: Home
  let done: Finished
  let prompts: SentPrompt[]
  beforeAll(async () => {
    home = await createHome()
    const endpoint = await startScriptedEndpoint({
      answer: (messages) => ({ text: answerTo(messages.at(-1)!.content) }),
    })
    await writeFile(join(home.folder, 'report.md'), document)
    const options = ['--workflow', 'bug_fix', '--workspace', workspace!, '--accept', '--json']
    done = await runCli(home, ['run', 'report.md', ...options], { OPENAI_API_BASE: endpoint.url })
    await endpoint.stop()
    prompts = readPrompts(home.data, done.events)
  }, 60_000)
  afterAll(async () => {
    await rm(workspace!, { recursive: true })
    await home[Symbol.asyncDispose]()
  })

  test('is fixed, tested and told of', async () => {
    expect([done.code, done.stderr]).toEqual([0, ''])
    const { status, files, code } = await readResult(workspace!)
    expect(status).toBe('completed')
    expect(files.filter(({ written }) => written).map(({ path }) => path)).toEqual([
      'docs/bug-report.md',
      'gcd.py',
      'test_gcd_regression.py',
      'docs/release-notes.md',
    ])
    expect(code.files.slice(0, 2).map(({ path }) => path)).toEqual(['gcd.py', 'test_gcd.py'])
    expect(await readFile(join(workspace!, 'gcd.py'), 'utf8')).toBe(fixed)
  })

  test('every prompt holds the buggy file and its test; the developer has the bug report', () => {
    for (const { text } of prompts) {
      expect(text).toContain('# Existing file: gcd.py')
      expect(text).toContain('return gcd(a % b, b)')
      expect(text).toContain('# Existing file: test_gcd.py')
    }
    const told = prompts.filter(({ text }) => text.includes('# Message to you from qa_001 (bug report)'))
    expect(told.map(({ task }) => task)).toEqual(['task_2', 'task_2'])
  })

  test.skipIf(
    skips(python === null && process.env['CI'] !== 'true', 'the tests of a fix, as there is no python3 here'),
  )('its new tests pass when they are run', async () => {
    const run = promisify(execFile)
    const { stderr } = await run(python!, ['-m', 'unittest', 'test_gcd_regression'], { cwd: workspace! })
    expect(stderr).toMatch(/Ran 2 tests[^]*\nOK/)
  })

  test('the summary tells which code was given and what was said', async () => {
    const { workflow_id } = await readResult(workspace!)
    const page = await readFile(join(workspace!, 'output', `workflow_summary_${workflow_id}.md`), 'utf8')
    expect(page).toMatch(/## Code that was given\n\n- `gcd\.py` \(\d+ bytes\): /)
    expect(page).toContain('- qa_001 to dev_001, bug report: ')
  })
})

/** What is said where only the prompts matter: a report, a plan and a file of some content. */
const plausible = (name: string, code: string): Readonly<Record<string, string>> => ({
  'qa_engineer / bug_analysis': answers['qa_engineer / bug_analysis']!.replaceAll('gcd', name),
  'developer / bug_fix': plan(`${name}.py`, 'Mends it.'),
  [`developer / bug_fix ${name}.py`]: inFile(`${name}.py`, `${code}\n# Mended.\n`),
  'qa_engineer / regression_testing': plan(`test_${name}_regression.py`, 'Tests the report.'),
  [`qa_engineer / regression_testing test_${name}_regression.py`]: inFile(
    `test_${name}_regression.py`,
    regression,
  ),
  'technical_writer / release_notes docs/release-notes.md': inFile('docs/release-notes.md', notes),
})

describe.skipIf(workspace === null)('each bug of a stranger (S25, S92)', { timeout: 60_000 }, () => {
  test.each(bugNames)('%s: every prompt holds the buggy file and its test, as they are', async (name) => {
    await using own = await createHome()
    const there = (await makeBugWorkspace(name))!
    const [code, tests] = await Promise.all(
      [`${name}.py`, `test_${name}.py`].map((file) => readFile(join(there, file), 'utf8')),
    )
    const said = plausible(name, code!)
    const endpoint = await startScriptedEndpoint({
      answer: (messages) => ({ text: answerTo(messages.at(-1)!.content, said) }),
    })
    try {
      const words = ['--requirement', `${name}.py gives a wrong result.`]
      const options = ['--workflow', 'bug_fix', '--workspace', there, '--json']
      const run = await runCli(own, ['run', ...words, ...options], { OPENAI_API_BASE: endpoint.url })
      expect([run.code, run.stderr]).toEqual([0, ''])
      const sent = readPrompts(own.data, run.events)
      expect(sent).toHaveLength(6)
      for (const { text } of sent) {
        expect(text).toContain(`# Existing file: ${name}.py\n\n\`\`\`\n${code!.trimEnd()}`)
        expect(text).toContain(tests!.trimEnd())
      }
    } finally {
      await endpoint.stop()
      await rm(there, { recursive: true })
    }
  })
})
