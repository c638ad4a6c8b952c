import { describe, expect, test } from 'vitest'
import {
  beginDialogue,
  continueDialogue,
  type CallOutcome,
  type Dialogue,
  type DialogueRules,
  type Reply,
} from './dialogue.ts'

const rules: DialogueRules = {
  prompt: [
    { role: 'system', content: 'Be a team.' },
    { role: 'user', content: 'Write it.' },
  ],
  check: (text) => (text.includes('wrong') ? 'Your answer was wrong.' : null),
  isBegun: (text) => !text.startsWith('Sure'),
  hasSchema: false,
  maxContinuations: 2,
  subject: 'the file a.py',
  prefill: false,
}
const said = (text: string, finish: 'stop' | 'length' | 'loop' = 'stop', prefilled = false): CallOutcome => ({
  kind: 'ended',
  text,
  finish,
  prefilled,
})
const fault = (retried: boolean): CallOutcome => ({
  kind: 'failed',
  error: { code: 'unavailable', message: 'No server answers.', hint: 'Start it.' },
  retried,
})

/** Leads a dialogue through these outcomes. */
function lead(outcomes: readonly CallOutcome[], own: Partial<DialogueRules> = {}): Dialogue | Reply {
  const all = { ...rules, ...own }
  let state: Dialogue | Reply = beginDialogue(all)
  for (const outcome of outcomes) {
    if ('complete' in state) throw new Error('The dialogue was over before its last outcome.')
    state = continueDialogue(state, outcome, all)
  }
  return state
}
const usable = (text: string): Reply => ({ text, complete: true, lack: null })

describe('an end', () => {
  test.each<[string, CallOutcome[], Partial<DialogueRules>, Reply]>([
    ['a usable answer', [said('good')], {}, usable('good')],
    ['a usable answer under a schema', [said('{}')], { hasSchema: true }, usable('{}')],
    ['a usable answer after faults', [fault(true), fault(true), said('good')], {}, usable('good')],
    ['a usable second answer', [said('wrong'), said('good')], {}, usable('good')],
    [
      'an answer in two pieces, sewn together',
      [said('one two three four', 'length'), said('two three four five')],
      {},
      usable('one two three four five'),
    ],
    [
      'an answer that the server went on with',
      [said('one', 'length'), said('two', 'stop', true)],
      { prefill: true },
      usable('onetwo'),
    ],
    [
      'an answer that stayed cut off',
      [said('a', 'length'), said('b', 'length', true), said('c', 'length', true)],
      { prefill: true },
      { text: 'abc', complete: false, lack: null },
    ],
    [
      'two unusable answers',
      [said('wrong'), said('wrong again')],
      {},
      { text: 'wrong again', complete: false, lack: 'Your answer was wrong.' },
    ],
    [
      'two empty answers',
      [said(''), said(' \n')],
      {},
      { text: ' \n', complete: false, lack: 'Your answer was empty.' },
    ],
    [
      'two loops',
      [said('x x', 'loop'), said('y y', 'loop')],
      {},
      { text: 'y y', complete: false, lack: 'Your answer repeated the same lines over and over.' },
    ],
    [
      'two answers under a schema that were cut off',
      [said('{"a', 'length'), said('{"b', 'length')],
      { hasSchema: true },
      {
        text: '{"b',
        complete: false,
        lack: 'Your answer was longer than it may be and was cut off. Be briefer.',
      },
    ],
    [
      'no continuation where none is allowed',
      [said('a', 'length')],
      { maxContinuations: 0 },
      { text: 'a', complete: false, lack: null },
    ],
    [
      'a second answer in two pieces',
      [said('wrong'), said('goo', 'length'), said('d', 'stop', true)],
      { prefill: true },
      usable('good'),
    ],
  ])('%s', (_, outcomes, own, reply) => expect(lead(outcomes, own)).toEqual(reply))

  test('a fault that is not tried again is thrown as it came', () => {
    expect(() => lead([fault(false)])).toThrow(
      expect.objectContaining({ code: 'unavailable', message: 'No server answers.', hint: 'Start it.' }),
    )
  })
})

describe('a next call', () => {
  test('after a fault it sends the same once more, and counts it (S90)', () => {
    const state = lead([fault(true), fault(true)])
    expect(state).toMatchObject({
      messages: rules.prompt,
      purpose: 'retry',
      reason: 'No server answers.',
      failures: 2,
    })
  })

  test('where the server goes on with a started answer, the answer so far is sent as such', () => {
    expect(lead([said('so far', 'length')], { prefill: true })).toMatchObject({
      messages: [...rules.prompt, { role: 'assistant', content: 'so far' }],
      purpose: 'continue',
      text: 'so far',
      continuations: 1,
    })
  })

  test('where it does not, it is asked for the rest only, and shown its last 200 characters', () => {
    const text = 'x'.repeat(300) + 'y'.repeat(200)
    const state = lead([said(text, 'length')]) as Dialogue
    expect(state.messages.slice(2)).toMatchObject([
      { role: 'assistant', content: text },
      { role: 'user', content: expect.stringContaining(`only the rest of the file a.py`) },
    ])
    expect(state.messages.at(-1)!.content).toContain(`\n\n${'y'.repeat(200)}`)
    expect(state.messages.at(-1)!.content).not.toContain('x'.repeat(3))
  })

  test('a continuation is sent the whole answer so far, not only its last piece', () => {
    const state = lead([said('one ', 'length'), said('two ', 'length', true)], { prefill: true }) as Dialogue
    expect(state.messages.at(-1)).toEqual({ role: 'assistant', content: 'one two ' })
  })

  test('faults between two pieces start a count of their own, and lose nothing', () => {
    const state = lead([fault(true), said('one', 'length'), fault(true)], { prefill: true })
    expect(state).toMatchObject({ text: 'one', failures: 1, purpose: 'retry', continuations: 1 })
    expect((state as Dialogue).messages.at(-1)).toEqual({ role: 'assistant', content: 'one' })
  })

  test.each<[string, CallOutcome, string]>([
    ['is not what was asked', said('wrong'), 'Your answer was wrong.'],
    ['is empty', said(''), 'Your answer was empty.'],
    [
      'is empty and cut off',
      said('  ', 'length'),
      'You reached the limit before your answer began. Think less, and answer at once.',
    ],
    ['went round in circles', said('x x x', 'loop'), 'Your answer repeated the same lines over and over.'],
  ])('an answer that %s is asked for again, with the reason', (_, outcome, reason) => {
    const state = lead([outcome]) as Dialogue
    expect(state).toMatchObject({
      purpose: 'again',
      reason,
      text: '',
      askedAgain: true,
      failures: 0,
      continuations: 0,
    })
    expect(state.messages.slice(0, 2)).toEqual(rules.prompt)
    expect(state.messages.at(-1)!.content.startsWith(reason)).toBe(true)
    const roles = state.messages.map(({ role }) => role)
    const isShown = outcome.kind === 'ended' && outcome.text.trim() !== ''
    expect(roles).toEqual(['system', 'user', ...(isShown ? ['assistant'] : []), 'user'])
  })

  test('a cut-off answer that has not begun with what was asked is asked for again, not continued', () => {
    expect(lead([said('Sure! Let me think', 'length')])).toMatchObject({ purpose: 'again', text: '' })
  })

  test('under a schema nothing is continued', () => {
    expect(lead([said('{"a', 'length')], { hasSchema: true })).toMatchObject({
      purpose: 'again',
      reason: expect.stringContaining('Be briefer'),
    })
  })

  test('of a long faulty answer only both ends are shown', () => {
    const state = lead([said(`${'a'.repeat(5000)}wrong${'b'.repeat(5000)}`)]) as Dialogue
    const shown = state.messages[2]!.content
    expect(shown).toBe(`${'a'.repeat(600)}\n[...]\n${'b'.repeat(600)}`)
  })
})

test('it ends after a bounded number of calls, whatever the server says', () => {
  const outcomes = [said('a', 'length', true), said('wrong'), said('', 'length'), said('x', 'loop')]
  for (const first of outcomes)
    for (const second of outcomes) {
      let state: Dialogue | Reply = beginDialogue(rules)
      let calls = 0
      while (!('complete' in state)) {
        state = continueDialogue(state, calls % 2 === 0 ? first : second, { ...rules, prefill: true })
        calls++
      }
      expect(calls).toBeLessThanOrEqual(2 * (rules.maxContinuations + 1))
    }
})
