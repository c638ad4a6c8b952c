import { describe, expect, test } from 'vitest'
import type { ChatMessage } from '../llm/model.ts'
import { composePrompt, type Parts } from './compose.ts'
import { always } from './sections.ts'

/** Four characters are a token here, and each message costs ten. */
const model = {
  count: async (messages: readonly ChatMessage[]) => ({
    tokens: messages.reduce((sum, { content }) => sum + 10 + Math.ceil(content.length / 4), 0),
    by: 'server' as const,
  }),
}
const text = (name: string, lines: number) => `${name} of some length\n`.repeat(lines).trim()
const parts: Parts = {
  system: 'Be a team.',
  sections: [
    { label: 'document', text: text('document', 50), rank: always },
    { label: 'file a', text: text('file a', 100), rank: 1 },
    { label: 'file b', text: text('file b', 100), rank: 1 },
  ],
  closing: 'Do it.\n\nYou are the developer.',
}
const { signal } = new AbortController()
const compose = (window: number | null, own: Partial<Parts> = {}) =>
  composePrompt({ ...parts, ...own }, model, { window, maxTokens: 256 }, signal)

describe('a prompt', () => {
  test('has a constant first message; sections come before the task, the role ends it (S31)', async () => {
    const { messages, omissions } = await compose(null)
    const bodies = parts.sections.map((section) => section.text)
    expect(messages).toEqual([
      { role: 'system', content: 'Be a team.' },
      { role: 'user', content: [...bodies, parts.closing].join('\n\n') },
    ])
    expect(omissions).toEqual([])
  })

  test.each([null, 100_000, 5000])('with a window of %s nothing is cut (S92)', async (window) => {
    const { omissions, budget, tokens, countedBy, messages } = await compose(window)
    expect(omissions).toEqual([])
    expect(budget).toBe(window === null ? null : window - 256)
    // Where it fits whatever the tokenizer, the server is not asked.
    const byServer = await model.count(messages)
    expect(countedBy).toBe(window === 100_000 ? 'estimate' : byServer.by)
    expect(tokens).toBeGreaterThanOrEqual(byServer.tokens)
    if (countedBy === 'server') expect(tokens).toBe(byServer.tokens)
  })

  test.each([1300, 1000, 800, 700])(
    'in a window of %i it fits, and what is left out is named (S92)',
    async (window) => {
      const { omissions, budget, tokens, messages } = await compose(window)
      expect(tokens).toBeLessThanOrEqual(budget!)
      expect(tokens).toBe((await model.count(messages)).tokens)
      expect(omissions.length).toBeGreaterThan(0)
      for (const { what, tokens: all, kept } of omissions) {
        expect(messages[1].content).toContain(`[${what}: `)
        expect(kept).toBeLessThan(all)
      }
      expect(messages[1].content).toContain(parts.sections[0]!.text)
      expect(messages[1].content.endsWith(parts.closing)).toBe(true)
    },
  )

  test('a document that has no room at all is refused, with the figure', async () => {
    await expect(compose(300)).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(/ \d+ tokens more/),
    })
  })

  test('a task that is too long by itself is refused', async () => {
    await expect(compose(1300, { closing: text('task', 400) })).rejects.toMatchObject({ code: 'invalid' })
  })
})
