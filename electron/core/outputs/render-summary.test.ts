import { describe, expect, test } from 'vitest'
import { completed, created, fold, hashOf, started, timeOf } from '../../../shared/history.fixture.ts'
import { buildResult } from './build-result.ts'
import { renderSummary } from './render-summary.ts'
import { document, result } from './result.fixture.ts'
import type { WorkflowResult } from './workflow-result.ts'

test('the summary of a small run, word for word (S112)', () => {
  expect(renderSummary(result)).toMatchInlineSnapshot(`
    "# Sketch: partial

    > **This is a rehearsal.** The answers were recorded beforehand; no model took part.

    Run \`20260101-000000-abcdef\` took 2 min 4 s and ended **partial**.

    ## Asked

    - Requirement: A tool
    - Document: a.md (1,234 bytes, utf-8)
      - It has odd line ends.
    - Workspace: \`/workspace\`
    - Model: devstral, 4,096 tokens a slot

    ## Steps

    | Step | What | Agent | State | Time | Tokens | Outcome |
    |---|---|---|---|---|---|---|
    | 1 | Do code | dev_001 | completed | 9 s | 3 | Wrote 2 files. |
    | 2 | Do tests | dev_001 | failed | 1 s | 0 | tests went wrong. |
    | 3 | Do docs |  | blocked |  | 0 | It needs "Do tests", which failed. |

    The model read 100 tokens, of which 50 % came from the server's cache, and wrote 3.

    ## Made

    | File | Bytes | Agent | Where | Verdict |
    |---|---|---|---|---|
    | \`a.py\` | 10 | dev_001 | in the workspace | not run |
    | \`conftest.py\` | 10 | dev_001 | held back: Tools obey it. | not run |

    A copy of them is in \`output/generated/20260101-000000-abcdef\`, without those that are held back.

    ## Not made

    - Whole files: 2; incomplete: 0; with lines left out: 0; claimed by several versions: 0; blocks without a sure name: 1.
    - \`gone.py\`: No step wrote it.
    - \`a.py\` was made, but not exported: The disk is full.
    - A block without a sure name (code, line 12, 2,048 bytes): No name.
    - Step 3 (Do docs) did not run: It needs "Do tests", which failed.

    ## Assumed

    - Python 3.

    ## Left out of prompts

    - code, file a.py: file b.py, 0 of 1,500 tokens kept

    ## Run and not run

    Nothing was run. Paddock does not execute generated code yet.
    Whatever a file or an answer says of passing tests: nobody has seen them pass.
    "
  `)
})

describe('a page for people', () => {
  const summaryOf = (own: Partial<WorkflowResult>) => renderSummary({ ...result, ...own })

  test('a run on a model is not called a rehearsal', () => {
    expect(summaryOf({ rehearsal: null })).not.toContain('rehearsal')
    expect(summaryOf({})).toContain('> **This is a rehearsal.**')
  })

  test('what there is nothing of has no heading', () => {
    const text = summaryOf({
      assumptions: [],
      left_out: [],
      not_made: [],
      not_exported: [],
      unplaced: [],
      extracted: { whole: 1, incomplete: 0, elided: 0, conflicts: 0, unplaced: 0 },
      steps: [],
    })
    expect(text.match(/^## .*/gm)).toEqual(['## Asked', '## Steps', '## Made', '## Run and not run'])
    expect(summaryOf({ files: [] })).toContain('## Made\n\nNo file.\n')
  })

  test('of a message it tells how it begins, and what its findings are called (S13)', () => {
    const content =
      'It never ends.\n\n## 1. Endless recursion\n\n- File: `gcd.py`\n\n## 2. No test\n\n- Severity: minor'
    const said = { message_id: '1', from_agent: 'qa_001', to_agent: 'dev_001', task_id: null, content }
    const page = renderSummary({ ...result, messages: [{ ...said, kind: 'bug-report' }] })
    expect(page).toContain(
      '- qa_001 to dev_001, bug report: It never ends. 1. Endless recursion 2. No test\n',
    )
  })

  test('it always says that nothing was run', () => {
    for (const status of ['completed', 'partial', 'failed', 'cancelled'] as const)
      expect(summaryOf({ status })).toContain('Nothing was run.')
  })

  test.each([
    [0, '0 s'],
    [59_400, '59 s'],
    [59_600, '1 min 0 s'],
    [125_000, '2 min 5 s'],
    [7_265_000, '121 min 5 s'],
  ])('%i ms is told as %s', (duration_ms, told) => {
    expect(summaryOf({ duration_ms })).toContain(` took ${told} and`)
  })
})

describe('a run on code that was there', () => {
  const files = [
    { path: 'lib.py', hash: hashOf(7), bytes: 1300, tokens: 300, why: 'The requirement names it.' },
    { path: 'test_lib.py', hash: hashOf(8), bytes: 20, tokens: 5, why: 'It tests lib.py.' },
  ]
  const left_out = Array.from({ length: 25 }, (_, i) => ({ path: `data/${i}.csv`, reason: 'Data.' }))
  const page = renderSummary({
    ...result,
    code: { files, left_out },
    changed_code: { 'lib.py': hashOf(9) },
  })

  test('tells which files it was given, why, and what has changed since', () => {
    expect(page).toContain(
      '- `lib.py` (1,300 bytes): The requirement names it. **It has changed since.**\n- `test_lib.py`',
    )
  })

  test('tells what was left out, as far as a page can', () => {
    expect(page).toContain('- `data/19.csv`: Data.\n- and 5 more, listed in the result\n')
  })
})

test('files that were not made for one reason are told of once', () => {
  const not_made = ['a.py', 'b.py'].map((path) => ({ path, reason: 'The server is gone.' }))
  expect(renderSummary({ ...result, not_made })).toContain('- `a.py`, `b.py`: The server is gone.\n')
})

describe('hostile text of a model stays text', () => {
  const hostile = [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '[click](javascript:alert(1))',
    '![x](https://example.com/track.png)',
    '\n\n# All tests passed\n\n',
    '\n| forged | row |\n',
    '\n## Run and not run\n\nEverything passed.',
    '```\ncode',
    '**bold** _it_ `code`',
    '\\<b>',
    '<!-- hidden',
    '\r\n\r\n> quote',
    '- a list',
    '1. a list',
    'https://example.com/x www.example.com',
  ]
  const textsOf = (text: string): WorkflowResult => ({
    ...result,
    requirement: text,
    model: text,
    assumptions: [text],
    documents: [{ ...document, name: text, warnings: [text] }],
    steps: result.steps.map((step) => ({
      ...step,
      summary: text,
      description: text,
      error: step.error && { ...step.error, message: text },
    })),
    files: result.files.map((file) => ({ ...file, held: file.held && text })),
    not_made: [{ path: 'x.py', reason: text }],
    code: {
      files: [{ path: 'lib.py', hash: hashOf(7), bytes: 3, tokens: 1, why: text }],
      left_out: [{ path: '.env', reason: text }],
    },
    messages: [
      {
        message_id: '1',
        from_agent: 'qa_001',
        to_agent: 'dev_001',
        kind: 'bug-report',
        content: text,
        task_id: null,
      },
    ],
    unplaced: result.unplaced.map((block) => ({ ...block, reason: text })),
    left_out: result.left_out.map((one) => ({
      ...one,
      part: text,
      items: [{ what: text, tokens: 1, kept: 0 }],
    })),
  })
  const shape = (page: string) =>
    page.split('\n').map((line) => /^(#+ |\| |> |- | {2}- |$|\|-)/.exec(line)?.[0] ?? '')

  test.each(hostile)('%j', (text) => {
    const page = renderSummary(textsOf(text))
    // The page has the same lines of the same kinds as one with plain words, and every cell is where it was.
    expect(shape(page)).toEqual(shape(renderSummary(textsOf('plain'))))
    const cells = (line: string) => line.replaceAll(/\\./g, '').split('|').length
    const widths = page
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .map(cells)
    expect(widths).toEqual([9, 9, 9, 9, 9, 7, 7, 7, 7])
    // Nothing of it is left that Markdown or HTML would act on.
    const unescaped = page.replaceAll(/\\./g, '')
    for (const mark of ['<', '](', '![', '```', '# All tests', '://', 'www.'])
      expect(unescaped.includes(mark), `${mark} in the page`).toBe(false)
  })

  test.each(['- a list', '1. a list', '1) a list', '+ a list'])('%j starts no list', (text) => {
    expect(renderSummary(textsOf(text))).not.toMatch(/^- (?:[-+]|\d+[.)]) a list/m)
  })

  test('a long text in a cell is cut', () => {
    const page = renderSummary(textsOf('x'.repeat(5000)))
    const row = page.split('\n').find((line) => line.includes('conftest.py'))!
    expect(row.length).toBeLessThan(400)
  })
})

test('a run that a person refused at a gate is not called a failure', () => {
  const refused = fold(
    created({ code: { step: 1, gate: true }, tests: { step: 2, needs: ['code'] } }),
    started('code'),
    completed('code'),
    { type: 'gate-decided', task: 'code', open: false, comment: 'too dear' },
    { type: 'task-blocked', task: 'tests', by: 'code' },
  )
  const end = { outcome: 'failed' as const, notExported: [], now: new Date(timeOf(9)) }
  const text = renderSummary(buildResult(refused, [], end))
  expect(text).toContain('ended **refused at a gate**')
  expect(text).toMatch(
    /\| 1 \| Do code \| dev_001 \| refused, stale \|.*A person refused "Do code" at its gate: too dear/,
  )
  expect(text).not.toContain('failed')
})
