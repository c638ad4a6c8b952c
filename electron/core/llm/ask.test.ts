import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { faults, streamed } from '../../../e2e/fixtures/fault-answers.ts'
import type { ChatRequest } from '../../../e2e/fixtures/fault-server.ts'
import {
  afterCrash,
  askNow,
  calls,
  contextOf,
  deltas,
  endAll,
  question,
  run,
  server,
  start,
} from './ask.fixture.ts'
import { ask } from './ask.ts'

afterEach(endAll)

describe('asking', () => {
  test('an answer is in the ledger and on disk when it is given', async () => {
    await start(() => 'Hello \u{1F600}!')
    expect(await askNow()).toEqual({ text: 'Hello \u{1F600}!', complete: true, lack: null, call: 'a.1' })
    const { journal } = run.openAgain()
    expect(calls(journal)).toEqual(['a.1 first ended'])
    expect(journal.run.tasks['a']!.calls[0]).toMatchObject({
      promptTokens: 20,
      answer: { bytes: 11, finish: 'stop' },
    })
    expect(readFileSync(join(run.folder, 'answers/a.1.txt'), 'utf8')).toBe('Hello \u{1F600}!')
    expect(deltas.map(({ text }) => text).join('')).toBe('Hello \u{1F600}!')
    expect(deltas[0]).toMatchObject({ task: 'a', call: 'a.1', offset: 0 })
  })

  test('what was sent is kept under the hash that the event names', async () => {
    await start(() => 'Hello.')
    await askNow()
    const { prompt } = run.journal.run.tasks['a']!.calls[0]!
    expect(JSON.parse(run.journal.text(prompt!))).toEqual((server.chats[0]!.body as ChatRequest).messages)
  })

  test('the room that is left in the slot bounds the answer', async () => {
    await start(() => 'Hello.', { window: 1000 })
    await askNow({}, { openai_max_tokens: 5000 })
    expect(server.chats[0]!.body).toMatchObject({ max_tokens: 980 })
  })

  test('a schema and a time-out are passed on', async () => {
    await start((_, n) => (n === 0 ? faults.stall('x', -1) : '{"a":1}'))
    const schema = { name: 's', schema: { type: 'object' } }
    expect(await askNow({ schema, timeout: 0.1 })).toMatchObject({ text: '{"a":1}' })
    expect(server.chats[1]!.body).toMatchObject({ response_format: { json_schema: { name: 's' } } })
  })
})

describe('faults', () => {
  test('those that may pass are tried again, after a pause that the ledger knows (S86, S90)', async () => {
    await start((_, n) => [faults.unavailable(), faults.cut('Hel'), 'Hello.'][n]!)
    expect((await askNow()).text).toBe('Hello.')
    expect(calls()).toEqual(['a.1 first failed', 'a.2 retry failed', 'a.3 retry ended'])
    const failures = run.ledger.read(run.journal.run.id).filter((event) => event.type === 'call-failed')
    expect(failures.map(({ retry_in }) => retry_in! >= 7 && retry_in! <= 25)).toEqual([true, true])
  })

  test('after the third try the last fault is given back (S85, S86, S90)', async () => {
    await start(() => faults.unavailable())
    await expect(askNow()).rejects.toMatchObject({ code: 'unavailable', hint: expect.any(String) })
    expect([server.chats.length, calls()]).toEqual([
      3,
      ['a.1 first failed', 'a.2 retry failed', 'a.3 retry failed'],
    ])
  })

  test.each([1, 2, 5])('the number of tries is a setting: %i (S85)', async (tries) => {
    await start(() => faults.unavailable())
    await expect(askNow({}, { task_retry_attempts: tries })).rejects.toMatchObject({ code: 'unavailable' })
    expect(server.chats).toHaveLength(tries)
  })

  test('those that will not pass are not tried again (S90)', async () => {
    await start(() => faults.badRequest())
    await expect(askNow()).rejects.toMatchObject({ code: 'invalid' })
    expect(server.chats).toHaveLength(1)
  })

  test('a server that asks to be left alone is left alone, but no longer than is set', async () => {
    await start((_, n) => (n === 0 ? faults.busy('3600') : 'Hello.'))
    expect((await askNow({}, { llm_retry_max_delay: 0.05 })).text).toBe('Hello.')
    const failure = run.ledger.read(run.journal.run.id).find((event) => event.type === 'call-failed')
    expect(failure).toMatchObject({ retry_in: 50 })
  })
})

describe('answers that will not do', () => {
  test('a cut-off answer is continued where the server goes on with a started one', async () => {
    await start((_, n) => (n === 0 ? streamed('Hello ', { finish: 'length' }) : 'world.'))
    expect(await askNow()).toEqual({ text: 'Hello world.', complete: true, lack: null, call: 'a.1' })
    expect((server.chats[1]!.body as ChatRequest).messages.at(-1)).toEqual({
      role: 'assistant',
      content: 'Hello ',
    })
  })

  test('else it is asked for the rest, and the pieces are sewn together', async () => {
    await start(
      (_, n) => (n === 0 ? streamed('one two three four', { finish: 'length' }) : 'two three four five'),
      {
        prefill: false,
      },
    )
    expect((await askNow()).text).toBe('one two three four five')
    expect((server.chats[1]!.body as ChatRequest).messages.at(-1)!.role).toBe('user')
  })

  test('an answer that stays cut off comes back as incomplete', async () => {
    await start(() => streamed('more ', { finish: 'length' }))
    expect(await askNow({}, { llm_max_continuations: 2 })).toMatchObject({
      text: 'more more more ',
      complete: false,
    })
    expect(server.chats).toHaveLength(3)
  })

  test('an unusable answer is asked for once more, and no more', async () => {
    await start(() => 'This is wrong.')
    expect(await askNow()).toMatchObject({ complete: false, lack: 'Your answer was wrong.', call: 'a.2' })
    expect(server.chats).toHaveLength(2)
  })

  test('a flood of the same words is cut off by us', async () => {
    await start((_, n) => (n === 0 ? faults.flood() : 'Hello.'))
    expect((await askNow()).text).toBe('Hello.')
    expect(run.journal.run.tasks['a']!.calls[0]!.answer!.finish).toBe('loop')
    expect(server.chats[0]!.aborted).toBe(true)
  })
})

describe('after a crash', () => {
  test('an answer that ended is not asked for again', async () => {
    await start(() => 'Hello.')
    const answered = await askNow()
    expect(await ask(question, await afterCrash())).toEqual(answered)
    expect(server.chats).toHaveLength(1)
  })

  test('every way through faults, pieces and second answers is gone again without the server', async () => {
    const plans = [
      faults.unavailable(),
      'wrong',
      streamed('Hel', { finish: 'length' }),
      faults.cut('x'),
      'lo.',
    ]
    await start((_, n) => plans[n] ?? 'Never asked.')
    const answered = await askNow()
    expect(answered.text).toBe('Hello.')
    expect(await ask(question, await afterCrash())).toEqual(answered)
    expect(server.chats).toHaveLength(5)
  })

  test('a dialogue goes on from where it was', async () => {
    let stop = () => {}
    await start((_, n) => {
      // Later than the moment that a note may wait for company.
      if (n === 1) setTimeout(stop, 50)
      return [streamed('Hel', { finish: 'length' }), faults.stall('l', 5), 'lo.'][n]!
    })
    const aborter = new AbortController()
    stop = () => aborter.abort()
    await expect(askNow({}, {}, aborter.signal)).rejects.toMatchObject({ code: 'cancelled' })
    const context = await afterCrash()
    expect(calls(context.journal)).toEqual(['a.1 first ended', 'a.2 continue void'])
    expect((await ask(question, context)).text).toBe('Hello.')
    expect(server.chats).toHaveLength(3)
    expect(calls(context.journal)).toEqual(['a.1 first ended', 'a.2 continue void', 'a.3 continue ended'])
  })

  test('tries are not given out anew', async () => {
    let isDown = true
    await start(() => (isDown ? faults.unavailable() : 'Hello.'))
    await run.journal.append([
      { type: 'call-queued', task: 'a', call: 'a.1', part: 'answer' },
      {
        type: 'call-failed',
        task: 'a',
        call: 'a.1',
        error: { code: 'unavailable', message: 'Gone.' },
        retry_in: 5,
      },
    ])
    await expect(ask(question, await afterCrash())).rejects.toMatchObject({ code: 'unavailable' })
    expect(server.chats).toHaveLength(2)
    isDown = false
    expect((await ask({ ...question, part: 'other' }, await contextOf(run.journal))).text).toBe('Hello.')
  })

  const spoilt: [string, (file: string) => void][] = [
    ['is gone', (file) => rmSync(file)],
    ['was changed', (file) => writeFileSync(file, 'Tampered.')],
  ]
  test.each(spoilt)('an answer whose file %s is taken from the ledger', async (_, spoil) => {
    await start((_request, n) => `Hello ${n}.`)
    await askNow()
    spoil(join(run.folder, 'answers/a.1.txt'))
    expect(await ask(question, await afterCrash())).toMatchObject({ text: 'Hello 0.', call: 'a.1' })
    expect(server.chats).toHaveLength(1)
  })

  test.each(spoilt)(
    'a long answer, which has its file only, is asked for again where it %s',
    async (_, spoil) => {
      const long = 'All work and no play. '.repeat(20_000)
      const numbered = (n: number) =>
        `${n} ${Array.from(long, (letter, at) => (at % 50 ? letter : at)).join('')}`
      await start((_request, n) => numbered(n))
      await askNow()
      spoil(join(run.folder, 'answers/a.1.txt'))
      expect(await ask(question, await afterCrash())).toMatchObject({ text: numbered(1), call: 'a.2' })
    },
  )

  test('questions of the same task do not take each other for their own', async () => {
    await start((_, n) => `Hello ${n}.`)
    await askNow({ part: 'one' })
    await askNow({ part: 'two' })
    const context = await afterCrash()
    expect((await ask({ ...question, part: 'two' }, context)).text).toBe('Hello 1.')
    expect((await ask({ ...question, part: 'three' }, context)).text).toBe('Hello 2.')
    expect(server.chats).toHaveLength(3)
  })
})

describe('cancelling', () => {
  test('while the server answers: the connection is closed', async () => {
    const aborter = new AbortController()
    await start(() => (setTimeout(() => aborter.abort(), 20), faults.stall('Hello.', 100)))
    await expect(askNow({}, {}, aborter.signal)).rejects.toMatchObject({ code: 'cancelled' })
    await expect.poll(() => server.chats[0]!.aborted).toBe(true)
  })

  test('while it waits to try again: at once', async () => {
    const aborter = new AbortController()
    await start(() => faults.unavailable())
    run.journal.listen(({ type }) => type === 'call-failed' && setTimeout(() => aborter.abort(), 1))
    const asking = askNow({}, { llm_retry_initial_delay: 60 }, aborter.signal)
    await expect(asking).rejects.toMatchObject({ code: 'cancelled' })
    expect(server.chats).toHaveLength(1)
  })
})
