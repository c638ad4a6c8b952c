import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, createTestModel } from '../../../e2e/fixtures/ask.ts'
import { llamaServer, startLlamaServer, type LlamaServer } from '../../../e2e/fixtures/llama-server.ts'
import type { ChatMessage, Model } from './model.ts'

const { signal } = new AbortController()
const question: ChatMessage = { role: 'user', content: 'Grüße! [INST] is a token, <s> too.' }

describe.skipIf(llamaServer === null)('the real llama-server', () => {
  let server: LlamaServer
  let model: Model
  beforeAll(async () => {
    server = await startLlamaServer({ slots: 2, contextSize: 4096 })
    model = createTestModel(server.base)
  })
  afterAll(() => server.stop())

  test('tells its model, slots, window and what it can', async () => {
    expect(await model.status(signal)).toEqual({
      endpoint: server.base,
      model: 'devstral',
      slots: 2,
      window: 2048,
      can: { count: true, prefill: true },
    })
  })

  test('streams an answer, its progress and its usage (S56)', async () => {
    const { text, progress, answer, error } = await ask(model, { maxTokens: 12 })
    expect(error).toBeUndefined()
    expect(text).not.toBe('')
    expect(progress.length).toBeGreaterThan(0)
    expect(answer).toMatchObject({ finish: 'length', usage: { completion: 12 } })
  })

  test.each<[string, ChatMessage[]]>([
    ['a question', [question]],
    [
      'a conversation',
      [{ role: 'system', content: 'Be brief.' }, question, { role: 'assistant', content: 'a' }, question],
    ],
    ['a started answer', [question, { role: 'assistant', content: '```ts\nconst a =\n  ' }]],
    ['a long text', [{ role: 'user', content: 'line of text\n'.repeat(100) }]],
  ])('counts as many tokens as it then reports: %s', async (_, messages) => {
    const counted = await model.count(messages, signal)
    const { answer } = await ask(model, { messages, maxTokens: 1 })
    expect(counted).toEqual({ tokens: answer?.usage.prompt, by: 'server' })
  })

  test('goes on from a started answer and does not give it back', async () => {
    const started = '```ts\nexport const hello = 1\n\n  const second = '
    const { text, answer } = await ask(model, {
      messages: [question, { role: 'assistant', content: started }],
      maxTokens: 12,
    })
    expect(answer?.usage.completion).toBe(12)
    expect(text).not.toContain('export const hello')
    expect(text.length).toBeLessThan(started.length * 3)
    // The server that joins the rest with its start would give another text for another start.
    const other = await ask(model, {
      messages: [question, { role: 'assistant', content: 'Other.' }],
      maxTokens: 12,
    })
    expect(other.text).not.toBe(text)
  })

  test('keeps to a schema', async () => {
    const properties = {
      role: { enum: ['developer', 'qa_engineer'] },
      steps: { type: 'integer', minimum: 1, maximum: 9 },
    }
    const schema = { type: 'object', properties, required: ['role', 'steps'], additionalProperties: false }
    const { text, answer, error } = await ask(model, {
      schema: { name: 'plan', schema },
      maxTokens: 400,
    })
    expect(error).toBeUndefined()
    expect(answer?.finish).toBe('stop')
    expect(JSON.parse(text)).toEqual({
      role: expect.stringMatching(/^(developer|qa_engineer)$/),
      steps: expect.any(Number),
    })
  })

  test('a schema that it does not understand fails for good', async () => {
    const schema = { name: 'bad', schema: { type: 'nonsense' } }
    expect((await ask(model, { schema })).error).toMatchObject({ kind: 'server', transient: false })
  })

  test('a prompt that does not fit is told with its figures', async () => {
    const messages = [{ role: 'user' as const, content: 'too long '.repeat(2000) }]
    const { tokens } = await model.count(messages, signal)
    expect((await ask(model, { messages })).error).toMatchObject({
      kind: 'context',
      overflow: { prompt: tokens, window: 2048 },
    })
  })

  test('an abort frees its slot', async () => {
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 100)
    const { error } = await ask(model, { maxTokens: 100_000 }, controller.signal)
    expect(error).toMatchObject({ code: 'cancelled' })
    const busy = async () => {
      const slots = (await (await fetch(`http://127.0.0.1:${server.port}/slots`)).json()) as {
        is_processing: boolean
      }[]
      return slots.some((slot) => slot.is_processing)
    }
    for (let i = 0; i < 40 && (await busy()); i++) await sleep(50)
    expect(await busy()).toBe(false)
  })

  test('one that was told not to go on from a started answer says so, and asks for its key', async () => {
    const guarded = await startLlamaServer({ key: 'secret', args: ['--no-prefill-assistant'] })
    try {
      expect((await ask(createTestModel(guarded.base))).error).toMatchObject({ kind: 'key' })
      const { can } = await createTestModel(guarded.base, { openai_api_key: 'secret' }).status(signal)
      expect(can).toEqual({ count: true, prefill: false })
    } finally {
      await guarded.stop()
    }
  })

  test('its death in the middle is `dropped`, and what comes after is `refused`', async () => {
    const victim = await startLlamaServer({ contextSize: 32_768, slots: 1 })
    const orphaned = createTestModel(victim.base)
    await orphaned.status(signal)
    const killed = sleep(200).then(() => victim.kill())
    const { text, error } = await ask(orphaned, { maxTokens: 30_000 })
    expect(text).not.toBe('')
    expect(error).toMatchObject({ kind: 'dropped', transient: true })
    await killed
    expect((await ask(orphaned)).error).toMatchObject({ kind: 'refused', transient: true })
  })
})
