import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { completed, drafted, hashOf, queued, sent, started } from '../../shared/history.fixture.ts'
import { AppError } from '../../shared/errors.ts'
import type { RunEvent } from '../../shared/run-event.ts'
import { Journal } from './journal.ts'
import { blobOf } from './store/ledger.ts'
import { openTestRun, runId, type TestRun } from './test-run.fixture.ts'

let run: TestRun
let told: string[]
beforeEach(async () => {
  run = await openTestRun({ a: {}, b: { needs: ['a'] } })
  told = []
  run.journal.listen(({ type }) => told.push(type))
})
afterEach(() => run.stop())

const cancel = { type: 'control-requested', action: 'cancel' } as const

describe('appending', () => {
  test('what is told is on disk already, and folded', async () => {
    const other = run.openAgain().ledger
    const seen: { event: RunEvent; stored: boolean; folded: boolean }[] = []
    run.journal.listen((event) =>
      seen.push({
        event,
        stored: other.read(runId).some(({ seq }) => seq === event.seq),
        folded: run.journal.run.seq >= event.seq,
      }),
    )
    await run.journal.append([started('a'), completed('a')])
    expect(seen).toMatchObject([
      { event: { type: 'task-started', seq: 3 }, stored: true, folded: true },
      { event: { type: 'task-completed', seq: 4 }, stored: true, folded: true },
    ])
  })

  test('what the disk refuses is neither folded nor told', async () => {
    const before = run.journal.run
    const endless: Record<string, unknown> = {}
    endless['self'] = endless
    const broken = { ...started('a'), agent: endless as unknown as string }
    await expect(run.journal.append([completed('a'), broken as never])).rejects.toMatchObject({
      code: 'unavailable',
      hint: expect.stringContaining('paddock resume'),
    })
    expect([run.journal.run, told]).toEqual([before, []])
    expect(run.openAgain().journal.run).toEqual(before)
  })

  test('a listener that has stopped hears no more', async () => {
    const heard: number[] = []
    const stop = run.journal.listen(({ seq }) => heard.push(seq))
    await run.journal.append([started('a')])
    stop()
    await run.journal.append([completed('a')])
    expect(heard).toEqual([3])
  })

  test('another process that opens the run sees the same state (S37)', async () => {
    await run.journal.append([started('a'), drafted('a', 'x.py', 1), completed('a')])
    expect(run.openAgain().journal.run).toEqual(run.journal.run)
  })
})

describe('noting', () => {
  test('a note goes with the next append, in the order of the calls', async () => {
    const note = run.journal.note([queued('a', 'a.1'), sent('a', 'a.1')])
    await run.journal.append([started('a')])
    await note
    expect(told).toEqual(['call-queued', 'call-started', 'task-started'])
  })

  test('a note without company is stored all the same', async () => {
    await run.journal.note([started('a')])
    expect(run.openAgain().journal.run.tasks['a']?.status).toBe('running')
  })

  test('what is recorded shares a commit with what is appended in the same turn, and is known ahead of it', async () => {
    const { journal, ledger } = run
    const commits: string[][] = []
    ledger.listen((events) => commits.push(events.map(({ type }) => type)))
    const recording = journal.record([started('a'), drafted('a', 'x.py', 1)])
    expect([journal.run.files, Object.keys(journal.ahead.files)]).toEqual([{}, ['x.py']])
    await journal.append([completed('a')])
    expect(commits).toEqual([['task-started', 'file-drafted', 'task-completed']])
    await recording
    expect(journal.ahead).toBe(journal.run)
    expect(run.openAgain().journal.run).toEqual(journal.run)
  })

  test('nothing is stored without what was recorded before it, even when the disk took that only later', async () => {
    const { journal, ledger } = run
    const store = ledger.append.bind(ledger)
    ledger.append = () => Promise.reject(new AppError('unavailable', 'The disk is full.'))
    const refused = [
      journal.record([started('a'), drafted('a', 'x.py', 1)]),
      journal.append([completed('a')]),
    ]
    expect((await Promise.allSettled(refused)).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect([told, journal.ahead]).toEqual([[], journal.run])
    ledger.append = store
    await journal.append([completed('a')])
    expect(told).toEqual(['task-started', 'file-drafted', 'task-completed'])
  })

  test('a note that cannot be stored rejects nothing and is not told', async () => {
    const note = run.journal.note([{ ...started('a'), agent: 1n as unknown as string } as never])
    await expect(note).resolves.toBeUndefined()
    expect(told).toEqual([])
  })
})

describe('refreshing', () => {
  test('takes in what another process has appended, once', async () => {
    await run.openAgain().journal.append([cancel])
    expect(run.journal.run.control).toBe('run')
    run.journal.refresh()
    run.journal.refresh()
    expect(run.journal.run.control).toBe('cancel')
    expect(told).toEqual(['control-requested'])
  })

  test('takes in what another part of this process has appended, once', async () => {
    await run.ledger.append(runId, [cancel])
    run.journal.refresh()
    run.journal.refresh()
    expect(told).toEqual(['control-requested'])
  })

  test('does not tell its own events twice, whatever came in between', async () => {
    const other = run.openAgain().journal
    await run.journal.append([started('a')])
    await other.append([cancel])
    await run.journal.append([completed('a')])
    run.journal.refresh()
    await run.journal.append([started('b')])
    run.journal.refresh()
    expect(told).toEqual(['task-started', 'task-completed', 'control-requested', 'task-started'])
    expect(run.journal.run.seq).toBe(6)
  })

  test('what another process has done before counts as done before, though it is heard of later', async () => {
    const asked = (action: 'pause' | 'continue') => ({ type: 'control-requested', action }) as const
    const other = run.openAgain().journal
    await other.append([asked('pause')])
    await run.journal.append([asked('continue'), started('a')])
    run.journal.refresh()
    expect(run.journal.run).toEqual(run.openAgain().journal.run)
    expect([run.journal.run.control, told]).toEqual([
      'run',
      ['control-requested', 'task-started', 'control-requested'],
    ])
    run.journal.refresh()
    await other.append([asked('pause')])
    run.journal.refresh()
    expect([run.journal.run.control, told.length]).toEqual(['pause', 4])
  })

  test('does not take in the events of another run', async () => {
    const stranger = new Journal(run.ledger, '20260101-000000-zzzzzz')
    await stranger.append([cancel])
    run.journal.refresh()
    expect(told).toEqual([])
  })
})

describe('contents', () => {
  test('are found under their hash, as bytes and as text', async () => {
    const blob = blobOf('Grüße\n')
    await run.journal.append([], [blob])
    expect(run.journal.text(blob.hash)).toBe('Grüße\n')
    expect(Buffer.from(run.journal.blob(blob.hash))).toEqual(Buffer.from('Grüße\n'))
  })

  test('a hash that nothing is stored under is an error', () => {
    expect(() => run.journal.text(hashOf(1))).toThrow(expect.objectContaining({ code: 'internal' }))
  })
})
