import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { PromptFiles } from '../context/prompt-files.ts'
import { FileWriter } from '../files/file-writer.ts'
import { filePrompt, lackOfFile, type WantedFile } from './file-question.ts'

const prompts = new PromptFiles(join(import.meta.dirname, '../../../resources/prompts'))
const files = new FileWriter(async () => {})
const before = 'def gcd(a, b):\n    return gcd(a % b, b)\n'
const wanted: WantedFile = { path: 'gcd.py', purpose: 'Swaps the arguments.', before }
const fresh: WantedFile = { ...wanted, before: null }

describe('the question for one file', () => {
  test('names path and purpose, the guide, and the form of the answer', () => {
    const text = filePrompt(fresh, 'How to write it:\n- well.', prompts)
    expect(text).toMatch(
      /^The file to write: `gcd\.py`\nIts purpose: Swaps the arguments\.\n\nHow to write it:\n- well\.\n\nAnswer in this form/,
    )
    expect(text).not.toContain('exists already')
  })

  test('of a file that is there asks for the whole of it with the change, and nothing else changed', () => {
    const text = filePrompt(wanted, null, prompts)
    expect(text).toContain('`gcd.py` exists already: its content stands above')
    expect(text).toContain('Every line that this task does not have to change stays exactly as it is')
  })

  test.each([
    ['a.py', null, '```'],
    ['a.md', null, '````'],
    ['a.py', 'x = """\n```\n"""\n', '````'],
    ['a.md', '`````\n', '``````'],
  ])('the fence of %s is longer than any inside it', (path, content, fence) => {
    const text = filePrompt({ path, purpose: 'For it.', before: content }, null, prompts)
    expect(text).toContain(`opens and closes with ${fence}\u002e`)
  })
})

describe('what an answer lacks of the file', () => {
  const answer = (content: string) => `File: \`gcd.py\`\n\`\`\`python\n${content}\`\`\`\n`
  const mended = 'def gcd(a, b):\n    return gcd(b, a % b)\n'
  const lack = (content: string, file = wanted, mustChange = true) =>
    lackOfFile(answer(content), file, files, mustChange)

  test('nothing, where it is whole and changed', () => expect(lack(mended)).toBeNull())

  test('lines, where a comment stands for them', () => {
    expect(lack(`${mended}# ... rest of the code unchanged\n`)).toBe(
      'Your answer leaves a part of gcd.py out: "# ... rest of the code unchanged". Write every line of it. The file gcd.py was asked for.',
    )
    expect(lack('# ... existing code ...\n', fresh)).toContain('leaves a part of gcd.py out')
  })

  test('headings of documents are no such comments', () => {
    const text = 'File: `a.md`\n````markdown\n# The rest of the story\n````\n'
    expect(lackOfFile(text, { ...fresh, path: 'a.md' }, files, false)).toBeNull()
  })

  test('the change, where it has to change', () => {
    expect(lack(before)).toBe('Your answer gives gcd.py as it was before, without the change.')
    expect(lack(`${before}\n\n`)).toContain('without the change')
    expect(lack(before, wanted, false)).toBeNull()
    expect(lack(before, fresh)).toBeNull()
  })

  test('the file itself', () => {
    expect(lackOfFile('I changed it.', wanted, files, true)).toBe(
      'The answer has no code block. The file gcd.py was asked for.',
    )
  })
})
