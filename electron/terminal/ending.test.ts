import { expect, test } from 'vitest'
import {
  completed,
  created,
  drafted,
  failed,
  fold,
  hashOf,
  started,
  changeOf,
} from '../../shared/history.fixture.ts'
import type { NewRunEvent } from '../../shared/run-event.ts'
import { endingLines } from './ending.ts'
import { programName } from './program-name.ts'

const id = '20260101-000000-abcdef'
const code = {
  files: [{ path: 'gcd.py', hash: hashOf(2), bytes: 9, tokens: 3, why: 'named in the document' }],
  left_out: [
    { path: '.env', reason: 'it may hold secrets' },
    { path: 'key.pem', reason: 'it may hold secrets' },
  ],
}

test('the summary tells what was made, what not, what is held, what was read, and what to do next (S6)', () => {
  const planned: NewRunEvent = {
    type: 'plan-made',
    task: 'code',
    how: 'schema',
    refused: [],
    files: ['a.py', 'b.py', 'c.py'].map((path) => ({ path, purpose: '', kind: 'implementation', needs: [] })),
  }
  const run = fold(
    { ...created({ code: { step: 1 }, test: { step: 2 } }), code } as NewRunEvent,
    started('code'),
    planned,
    drafted('code', 'a.py', 1),
    drafted('code', 'Dockerfile', 2),
    drafted('code', 'b.py', 3, { complete: false }),
    completed('code'),
    started('test'),
    failed('test'),
    { type: 'run-ended', outcome: 'partial' },
  )
  const changes = [
    changeOf('a.py'),
    changeOf('Dockerfile', { held: 'Tools obey it.' }),
    changeOf('c.md', { refused: 'Could not write c.md: the disk is full.' }),
    changeOf('b.py', { held: 'It is incomplete: the answer was cut off.' }),
  ]
  expect(endingLines(run, changes, Infinity)).toEqual([
    `Run ${id}: partial. No generated code was run: every verdict is "not run".`,
    '  Steps:     1 of 2 done, 1 failed, 9 s',
    '  Made:      2 files: a.py, Dockerfile',
    '  Read:      1 file: gcd.py',
    '  Left out:  2 files: .env, key.pem (it may hold secrets)',
    `  Summary:   /workspace/output/workflow_summary_${id}.md`,
    `  Files:     /workspace/output/generated/${id}/merged`,
    '  Failed:',
    '    Step 2: test went wrong.',
    '  Not made:',
    '    1 file incomplete',
    '    c.py',
    '  Held back:',
    '    Dockerfile: Tools obey it.',
    '    b.py: It is incomplete: the answer was cut off.',
    '  Could not be written:',
    '    Could not write c.md: the disk is full.',
    `  To write 1 file to the workspace: ${programName} accept ${id}`,
    `  To go on: ${programName} resume ${id}`,
  ])
})

test('a run that waits says for what', () => {
  const run = fold(created({ plan: { gate: true, step: 1 } }), started('plan'), completed('plan'))
  expect(endingLines(run, [], Infinity)).toEqual([
    `Run ${id}: waits for your decision. No generated code was run: every verdict is "not run".`,
    '  Steps:     0 of 1 done, 1 waits for you',
    '  Made:      no file',
    `  Step 1 (Do plan) waits for your decision: ${programName} gate ${id} 1 --open (or --close)`,
    `  To go on: ${programName} resume ${id}`,
  ])
})

test('a step that a person refused is told of as refused, with what to do next, and not as failed', () => {
  const run = fold(
    created({ plan: { gate: true, step: 1 }, code: { needs: ['plan'], step: 2 } }),
    started('plan'),
    completed('plan'),
    { type: 'gate-decided', task: 'plan', open: false, comment: 'too dear' },
    { type: 'task-blocked', task: 'code', by: 'plan' },
    { type: 'run-ended', outcome: 'failed' },
  )
  const lines = endingLines(run, [], Infinity)
  expect(lines[0]).toContain(`Run ${id}: refused at a gate.`)
  expect(lines[1]).toContain('0 of 2 done, 1 refused, 1 blocked')
  const refused = lines.slice(lines.indexOf('  Refused:'))
  expect(refused[1]).toContain('Step 1: A person refused "Do plan" at its gate: too dear')
  expect(refused[2]).toContain(`To have it done again: ${programName} resume ${id}`)
  expect(lines).not.toContain('  Failed:')
})
