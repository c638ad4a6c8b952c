import { rmSync } from 'node:fs'
import { join } from 'node:path'
import {
  answered,
  claimed,
  completed,
  created,
  drafted,
  failed,
  queued,
  sent,
  started,
} from '../../../shared/history.fixture.ts'
import { runId } from '../test-run.fixture.ts'
import { blobOf } from './ledger.ts'
import { openLedger } from './sqlite.ts'

// Makes a ledger to keep when a version is released: `node electron/core/store/make-ledger.fixture.ts FOLDER`, then move
// its paddock.db to fixtures/ledger-vN.db. Never make one again: it stands for what that version wrote.
const [, , folder = ''] = process.argv
const answer = blobOf('File: `hello.py`\n```python\nprint("Hello")\n```\n')
const file = blobOf('print("Hello")\n')
const ledger = openLedger(folder)
await ledger.append(
  runId,
  [
    created({ a: {}, b: { needs: ['a'] }, c: { needs: ['b'] } }),
    claimed,
    started('a'),
    queued('a', 'a.1', 'file hello.py'),
    sent('a', 'a.1'),
    answered('a', 'a.1', answer.hash),
    drafted('a', 'hello.py', 0, { hash: file.hash, bytes: file.bytes.length }),
    completed('a', null, ['hello.py']),
    started('b', 'qa_001'),
    failed('b', 'answer'),
    { type: 'task-blocked', task: 'c', by: 'b' },
    { type: 'run-ended', outcome: 'partial' },
  ],
  { blobs: [answer, file] },
)
await ledger.audit({
  at: new Date().toISOString(),
  run: runId,
  action: 'created',
  path: '/workspace/hello.py',
  hash: file.hash,
  previous: null,
  bytes: file.bytes.length,
})
ledger.close()
rmSync(join(folder, 'owners'), { recursive: true, force: true })
