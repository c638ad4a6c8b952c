import {
  answered,
  claimed,
  created,
  drafted,
  failed,
  fold,
  hashOf,
  queued,
  sent,
  started,
  timeOf,
} from '../../../shared/history.fixture.ts'
import type { NewRunEvent } from '../../../shared/run-event.ts'
import { buildResult } from './build-result.ts'

/** A document with something to say of it. */
export const document = {
  name: 'a.md',
  hash: hashOf(9),
  bytes: 1234,
  encoding: 'utf-8',
  warnings: ['It has odd line ends.'],
}

const run = fold(
  {
    ...created({
      code: { step: 1 },
      tests: { step: 2, needs: ['code'] },
      docs: { step: 3, needs: ['tests'] },
    }),
    documents: [document],
    rehearsal: 'feature_development',
  } as NewRunEvent,
  claimed,
  started('code'),
  queued('code', 'code.1'),
  sent('code', 'code.1'),
  answered('code', 'code.1'),
  {
    type: 'plan-made',
    task: 'code',
    how: 'text',
    files: ['a.py', 'gone.py'].map((path) => ({ path, purpose: 'X.', kind: 'implementation', needs: [] })),
    refused: [],
  },
  drafted('code', 'a.py', 1),
  drafted('code', 'conftest.py', 2),
  {
    type: 'block-unplaced',
    task: 'code',
    block: {
      hash: hashOf(5),
      bytes: 2048,
      language: null,
      call: 'code.1',
      line: 12,
      reason: 'No name.',
      candidates: [],
    },
  },
  {
    type: 'context-trimmed',
    task: 'code',
    part: 'file a.py',
    budget: 3072,
    items: [{ what: 'file b.py', tokens: 1500, kept: 0 }],
  },
  {
    type: 'task-completed',
    task: 'code',
    result: { summary: 'Wrote 2 files.', text: null, files: ['a.py'], assumptions: ['Python 3.'] },
  },
  started('tests'),
  failed('tests'),
  { type: 'task-blocked', task: 'docs', by: 'tests' },
)
const place = { task: 'code', agent: 'dev_001', disk: null, state: 'new', decision: null } as const

/** The result of a run in which there is one of everything. */
export const result = buildResult(
  run,
  [
    { ...place, path: 'a.py', hash: hashOf(1), written: true, held: null, control: null, refused: null },
    {
      ...place,
      path: 'conftest.py',
      hash: hashOf(2),
      written: false,
      held: 'Tools obey it.',
      control: null,
      refused: null,
    },
  ],
  {
    outcome: 'partial',
    notExported: [{ path: 'a.py', reason: 'The disk is full.' }],
    now: new Date(timeOf(125)),
  },
)
