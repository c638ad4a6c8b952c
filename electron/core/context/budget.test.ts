import { describe, expect, test } from 'vitest'
import { cutSections, promptBudget } from './budget.ts'
import { always, type Section } from './sections.ts'

/** Four characters are a token here. */
const count = async (text: string) => Math.ceil(text.length / 4)
const lines = (label: string, number: number) =>
  Array.from({ length: number }, (_, index) => `${label} line ${String(index).padStart(4, '0')}`).join('\n')
const section = (label: string, rank: number, number = 100): Section => ({
  label,
  rank,
  text: lines(label, number),
})
const total = async (sections: readonly Section[]) => {
  const counted = await Promise.all(sections.map(({ text }) => count(text)))
  return counted.reduce((sum, tokens) => sum + tokens, 0)
}

test.each([
  [4096, 8192, 3072],
  [4096, 512, 3584],
  [32_768, 8192, 24_576],
  [131_072, 8192, 122_880],
  [5, 100, 3],
])('a slot of %i tokens with answers of %i leaves %i for the prompt (S92)', (window, maxTokens, budget) => {
  expect(promptBudget(window, maxTokens)).toBe(budget)
})

describe('cutting', () => {
  const needed = section('document', always)
  const decision = section('decision', 3)
  const early = section('early', 1)
  const late = section('late', 1)
  const all = [needed, decision, early, late]

  test.each<[string, number, string[]]>([
    ['nothing', 0, []],
    ['a little', 30, ['late']],
    ['more than one section has', 420, ['late', 'early']],
    ['nearly all that may be cut', 1000, ['late', 'early', 'decision']],
  ])('%s: the least important goes first, the later before the earlier (S92)', async (_, excess, cut) => {
    const before = await total(all)
    const { sections, omissions } = await cutSections(all, excess, count)
    expect(omissions.map(({ what }) => what)).toEqual(cut)
    expect(before - (await total(sections))).toBeGreaterThanOrEqual(excess)
    expect(sections.map(({ label }) => label)).toEqual(all.map(({ label }) => label))
    expect(sections[0]).toBe(needed)
  })

  test('a file that is shortened leaves no fence open behind it (S92)', async () => {
    const text = `# File: a.md\n\n\`\`\`\`\n${lines('late', 100)}\n\`\`\`\`\n`
    const { sections } = await cutSections([{ label: 'file a.md', rank: 1, text }], 100, count)
    expect(sections[0]!.text).toMatch(
      /late line 00\d\d\n````\n\[file a\.md: the rest of it was left out[^\n]*$/,
    )
  })

  test('a section is shortened at the end of a line where enough of it is left, and says so (S92)', async () => {
    const { sections, omissions } = await cutSections(all, 100, count)
    const { text } = sections[3]!
    expect(text).toMatch(
      /^late line 0000\n.*late line 00\d\d\n\[late: the rest of it was left out for want of room\]$/s,
    )
    expect(late.text.startsWith(text.slice(0, text.lastIndexOf('\n')))).toBe(true)
    expect(omissions).toEqual([{ what: 'late', tokens: await count(late.text), kept: await count(text) }])
  })

  test('of a section with no room left only a note stays (S92)', async () => {
    const { sections, omissions } = await cutSections(all, 360, count)
    expect(sections[3]!.text).toBe('[late: all of it was left out for want of room]')
    expect(omissions[0]).toEqual({ what: 'late', tokens: await count(late.text), kept: 0 })
  })

  test('a section that is shorter than its note is left alone', async () => {
    const tiny: Section = { label: 'tiny', rank: 1, text: 'x' }
    const { sections, omissions } = await cutSections([early, tiny], 50, count)
    expect(sections[1]).toBe(tiny)
    expect(omissions.map(({ what }) => what)).toEqual(['early'])
  })

  test('one long line is left out whole', async () => {
    const long: Section = { label: 'long', rank: 1, text: 'x'.repeat(4000) }
    expect((await cutSections([long], 10, count)).omissions).toEqual([
      { what: 'long', tokens: 1000, kept: 0 },
    ])
  })

  test('what may never be cut and is too much is an error with the figure', async () => {
    await expect(cutSections([needed], 77, count)).rejects.toMatchObject({
      code: 'invalid',
      message: 'The prompt has 77 tokens more than a slot of the server has room for.',
      hint: expect.stringContaining('--ctx-size'),
    })
  })
})
