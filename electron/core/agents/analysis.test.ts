import { describe, expect, test } from 'vitest'
import { lackOfAnalysis, readAnalysis } from './analysis.ts'

const analysis = {
  summary: 'A greeter.\n\n# Not a heading',
  stories: [
    { title: 'Greet', story: 'As a user, I want a greeting.', criteria: ['It says\n- hello.'] },
    { title: 'Leave' },
  ],
  assumptions: ['English will do.'],
  questions: ['Which languages?'],
}

test('stories become Markdown; model text opens no structure of its own (S50)', () => {
  const answer = JSON.stringify(analysis)
  expect(lackOfAnalysis(answer)).toBeNull()
  expect(readAnalysis(answer)).toEqual({
    summary: '2 stories, 1 criterion, 1 assumption, 1 open question.',
    assumptions: ['English will do.'],
    text: `# Requirements

A greeter. # Not a heading

## User stories

### US-1 Greet

As a user, I want a greeting.

Acceptance criteria:

- It says - hello.

### US-2 Leave



## Assumptions

- English will do.

## Open questions

- Which languages?
`,
  })
})

describe('without the form', () => {
  const prose = `Here is what I think of it. ${'It should greet people by their names. '.repeat(8)}`

  test('words that say something are kept as they are, and said to be that', () => {
    expect(lackOfAnalysis(prose)).toBeNull()
    expect(readAnalysis(prose)).toEqual({
      summary: expect.stringContaining('free text'),
      assumptions: [],
      text: `${prose.trim()}\n`,
    })
  })

  test.each([
    ['nothing', ''],
    ['an excuse', 'I cannot do that.'],
    ['JSON without stories', '{"summary": "A greeter.", "stories": []}'],
    ['JSON of another shape', JSON.stringify({ stories: 'x'.repeat(400) })],
    ['half of it', JSON.stringify(analysis).repeat(2).slice(0, 400)],
  ])('%s is asked for again', (_, answer) => {
    expect(lackOfAnalysis(answer)).toContain('JSON object')
  })
})
