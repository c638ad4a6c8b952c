import { expect, test } from 'vitest'
import { firstSentence } from './prose.ts'

test('what a document says first, below its heading and cut in no sentence', () => {
  const first = `The three pages are wanted. ${'Words. '.repeat(20)}`
  const text = `# Title\n\n| a |\n\n${first}It is for new visitors (and others) of all kinds.\n`
  expect(firstSentence(text)).toBe(first.trim())
})
