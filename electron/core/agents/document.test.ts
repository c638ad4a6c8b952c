import { describe, expect, test } from 'vitest'
import { lackOfDocument, readDocumentAnswer } from './document.ts'

const body = 'It can be built in a week, with what is there. '.repeat(10)
const document = `# Feasibility\n\n${body}`

describe('a document', () => {
  test.each([
    ['as it is', `${document}\n`],
    ['with blank lines around', `\n\n${document}\n\n\n`],
    ['in a fence', `\`\`\`markdown\n${document}\n\`\`\``],
    ['in a fence with words around', `Here it is:\n\n\`\`\`markdown\n${document}\n\`\`\`\n\nShall I go on?`],
    ['after thoughts', `<think>Well.</think>\n${document}`],
  ])('%s is kept, and nothing around it (S50)', (_, answer) => {
    expect(readDocumentAnswer(answer)?.trim()).toBe(document.trim())
    expect(lackOfDocument(answer)).toBeNull()
  })
})

test('a fence that is a part of the document stays in it', () => {
  const answer = `${document}\n\n\`\`\`markdown\n${document}\n\`\`\`\n`
  expect(readDocumentAnswer(answer)).toBe(answer)
})

describe('no document', () => {
  test.each([
    ['nothing', ''],
    ['an excuse', '# Sorry\n\nI cannot do that.'],
    ['no headings', body],
    ['a heading that says nothing', `#\n\n${body}`],
    ['JSON', JSON.stringify({ text: document })],
    ['a list in JSON', JSON.stringify([document])],
  ])('%s', (_, answer) => {
    expect(readDocumentAnswer(answer)).toBeNull()
    expect(lackOfDocument(answer)).toContain('Markdown document')
  })
})
