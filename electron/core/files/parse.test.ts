import { describe, expect, test } from 'vitest'
import { extract, extractOne, wholeDocument } from './parse.ts'
import { parseBlocks } from './gather-blocks.ts'

const body = 'import os\n\nprint(os.name)\n'
const block = (info: string, content = body) => `\`\`\`${info}\n${content}\`\`\`\n`
const nothing = { files: [], unplaced: [], conflicts: [], warnings: [] }
const paths = (text: string) => extract(text).files.map((file) => file.path)

describe('several files in one answer (S62)', () => {
  test('mixed conventions, in order', () => {
    const text = `${block('python:a.py')}\nFile: \`b.py\`\n${block('python')}\n### Dockerfile\n${block('dockerfile')}`
    expect(paths(text)).toEqual(['a.py', 'b.py', 'Dockerfile'])
  })

  test('a name counts for the next block only', () => {
    const { files, unplaced } = extract(`File: \`a.py\`\n${block('python')}${block('python', 'x\n')}`)
    expect(files.map((file) => file.path)).toEqual(['a.py'])
    expect(unplaced).toMatchObject([{ content: 'x\n', reason: 'No name of a file stands at this block.' }])
  })

  test('the same twice is one file, the whole one before the cut one', () => {
    const { files, conflicts } = extract(`${block('python:a.py')}${block('python:a.py')}`)
    expect([files.length, conflicts.length]).toEqual([1, 0])
    const cut = extract(`${block('python:a.py', 'x\n')}\`\`\`python:a.py\nx\n`)
    expect(cut.files).toMatchObject([{ complete: true, line: 2 }])
  })

  test('two contents for one path are a conflict and no file', () => {
    const { files, conflicts } = extract(`${block('python:a.py', '1\n')}${block('python:./a.py', '2\n')}`)
    expect(files).toEqual([])
    expect(conflicts).toMatchObject([{ path: 'a.py', versions: [{ content: '1\n' }, { content: '2\n' }] }])
  })
})

describe('content', () => {
  test.each([
    ['LF', 'a\n  b\n\n'],
    ['CRLF', 'a\r\n  b\r\n'],
    ['mixed line ends', 'a\rb\nc\r\n'],
    ['trailing blanks and tabs', '\ta  \n \n'],
    ['empty', ''],
    ['shorter and other fences', '``\n~~~\n    ```\n'],
    ['a fence with a word in code', '"""\n```python\n"""\n'],
    ['thinking tags in code', '<think>\n</think>\n'],
  ])('is byte-exact: %s', (_what, content) => {
    expect(extract(block('python:a.py', content)).files).toMatchObject([{ content }])
  })

  test('fences of an answer with CRLF', () => {
    const text = 'File: `a.py`\r\n```python\r\nx\r\n```\r\n'
    expect(extract(text).files).toMatchObject([
      { path: 'a.py', content: 'x\r\n', language: 'python', line: 3 },
    ])
  })

  test('the line is where the content starts, thinking counted', () => {
    expect(parseBlocks(`<think>\na\n</think>\n\n${block('python:a.py')}`)).toMatchObject([{ line: 6 }])
    expect(extract(`a\nb\n</think>\n${block('python:a.py')}`).files).toMatchObject([{ line: 5 }])
  })

  test('a cut answer leaves an incomplete file with all that came', () => {
    expect(extract('```python:a.py\nx = 1\ny = ').files).toMatchObject([
      { content: 'x = 1\ny = ', complete: false },
    ])
    expect(extract('```python:a.py').files).toMatchObject([{ content: '', complete: false }])
  })

  test('a longer fence is closed only by one as long, of the same character', () => {
    const content = '```python\nx\n```\n~~~~\n'
    expect(extract(`\`\`\`\`text:a.txt\n${content}\`\`\`\`\n`).files).toMatchObject([
      { content, complete: true },
    ])
  })
})

describe('Markdown with fences inside', () => {
  const readme = '# A\n\n```bash\nnpm start\n```\n\nMore.\n\n```python\nx\n```\nEnd.\n'
  test.each([
    ['by language', block('markdown:README.md', readme)],
    ['md', `README.md\n${block('md', readme)}`],
    ['by name', `File: \`README.md\`\n${block('', readme)}`],
    ['with tildes', `~~~markdown:README.md\n${readme}~~~\n`],
    ['in a longer fence', `\`\`\`\`md:README.md\n${readme}\`\`\`\`\n`],
  ])('%s', (_how, text) => {
    expect(extract(`${text}\n${block('python:a.py')}`).files).toMatchObject([
      { path: 'README.md', content: readme, complete: true },
      { path: 'a.py', content: body },
    ])
  })

  test('Markdown in Markdown', () => {
    const inner = '```md\n```sh\nx\n```\n```\n'
    expect(extract(block('md:a.md', inner)).files).toMatchObject([{ content: inner, complete: true }])
  })

  test('in code, a fence with a word opens nothing', () => {
    expect(extract(block('python:a.py', '```bash\n')).files).toMatchObject([
      { content: '```bash\n', complete: true },
    ])
  })
})

describe('what is no file', () => {
  test.each([
    ['a header in the fence', block('http:Authorization: Bearer <your_token>'), 'reads as a header line'],
    ['a header above', `Authorization: Bearer <your_token>\n${block('http')}`, 'reads as a header line'],
    [
      'a header as a name',
      `File: \`Authorization: Bearer <your_token>\`\n${block('')}`,
      'reads as a header line',
    ],
    ['a URL above', `https://example.com/app.py\n${block('python')}`, 'is a web address'],
    ['a URL in the fence', block('https://example.com/app.py'), 'is a web address'],
    ['a URL as a name', `File: \`https://example.com/app.py\`\n${block('python')}`, 'is a web address'],
    ['shell output', block('console', '$ ls\napp.py\n'), 'No name of a file'],
    [
      'shell output below a name',
      `app.py\n${block('console', '$ ls\napp.py\n')}`,
      'is not a file in console',
    ],
    ['a command', `Run \`python app.py\`:\n${block('bash', 'python app.py\n')}`, 'No name of a file'],
    ['a prompt echo', block('python:path/to/file.py', 'code here\n'), "repeats the prompt's example"],
    ['a prompt echo above', `File: \`path/to/file.py\`\n${block('python')}`, "repeats the prompt's example"],
    ['a placeholder', `FILENAME\n${block('python')}`, 'No name of a file'],
    ['a placeholder in the fence', block('python FILENAME'), 'is a placeholder'],
    ['a way out', block('text:../../etc/passwd', 'root\n'), 'leads out of its folder'],
    ['a way out above', `File: \`../../etc/passwd\`\n${block('')}`, 'leads out of its folder'],
    ['an absolute path', block('text:/etc/hosts.txt'), 'is absolute'],
    ['another language', `### app.js\n${block('python')}`, 'is not a file in python'],
    ['an excerpt with line numbers', block('12:40:src/app.ts'), 'no path has'],
    ['a product', `### Node.js\n${block('js')}`, 'No name of a file'],
    ['two names', `a.py\n${block('python:b.py')}`, "The fence's line names b.py, the line above it a.py."],
    ['a name two blank lines above', `a.py\n\n\n${block('python')}`, 'No name stands right at the block.'],
    [
      'two names in one block',
      block('python', '# a.py\nx = 1\n\n# b.py\ny = 2\n'),
      'The block holds several files: comments in it name more than one.',
    ],
    [
      'a name above and another inside',
      `a.py\n${block('python', '# b.py\nx\n')}`,
      'What stands above the block names a.py, its first line b.py.',
    ],
    ['a language that is a name too', block('Dockerfile'), 'No name of a file'],
    ['a name in a sentence', `Change a.py and b.py like this:\n${block('python')}`, 'No name of a file'],
    ['a review', `## Code Review: main.py\n${block('python')}`, 'No name stands right at the block.'],
  ])('%s', (_what, text, why) => {
    const { files, unplaced, conflicts } = extract(text)
    expect({ files, conflicts }).toEqual({ files: [], conflicts: [] })
    expect(unplaced).toMatchObject([{ path: null, how: null, reason: expect.stringContaining(why) }])
  })

  test.each([
    ['thinking', `<think>\n${block('python:a.py')}</think>\nDone.`],
    ['thinking in brackets', `[THINK]\n${block('python:a.py')}[/THINK]\nDone.`],
    ['thinking that never ends', `<think>\n${block('python:a.py')}`],
    ['thinking that never began', `${block('python:a.py')}\n</think>\nDone.`],
    ['code in a line', '```js run()``` does it'],
    ['a stray fence at the end', 'Done.\n```\n'],
    ['nothing', ''],
  ])('%s is nothing at all', (_what, text) => {
    expect(extract(text)).toEqual(nothing)
    expect(extractOne(text, 'a.py')).toEqual(nothing)
  })

  test('what it could be is told', () => {
    const candidates = (text: string) => extract(text).unplaced.map((one) => one.candidates)
    expect(candidates(block('python', '## a.py\nx\n\n## b.py\ny\n'))).toEqual([
      [{ path: 'a.py', why: 'The first line of the block names it.' }],
    ])
    expect(candidates(`### \`a.py\`\n\nHere is the bug:\n\n${block('python')}`)).toEqual([
      [{ path: 'a.py', why: 'A line further up names it.' }],
    ])
    expect(candidates(`In \`a.py\`:\n\n${block('python')}`)).toEqual([
      [{ path: 'a.py', why: 'The line above the fence names it.' }],
    ])
    expect(candidates(`a.js\n${block('python')}`)).toEqual([
      [{ path: 'a.js', why: 'The line above the fence names it.' }],
    ])
  })
})

test('bare code is no file, but the one that it alone was asked for', () => {
  expect(extract(body)).toEqual(nothing)
  const asked = (text: string, path = 'a.py') => extractOne(text, path).files.map(({ content }) => content)
  expect(asked(body)).toEqual([body])
  expect(asked(`<think>Hm.</think>\n\n${body}`)).toEqual([body])
  expect(asked('{ "a": [1] }\n{', 'a.json')).toEqual([])
  expect(asked('{\n  "a": [1]\n}\n', 'a.json')).toEqual(['{\n  "a": [1]\n}\n'])
  expect(asked('#!/bin/sh\nls\n', 'a.sh')).toEqual(['#!/bin/sh\nls\n'])
  for (const text of [
    `Here is the file:\n${body}`,
    `${body}This prints the name of the system.\n`,
    'x = [\n1,\n',
  ])
    expect(asked(text)).toEqual([])
})

describe('extractOne', () => {
  const path = 'src/app.py'
  const file = { path, content: body, complete: true }

  test.each([
    ['the block that names it', block(`python:${path}`), 'fence'],
    [
      'the one that names it, among examples',
      `${block('bash', 'ls\n')}${path}\n${block('python')}`,
      'heading',
    ],
    ['a single block without a name', `Sure.\n${block('python')}`, 'plan'],
    ['a single block without a word', block(''), 'plan'],
    ['a single block that leaves out folders', block('python:app.py'), 'plan'],
    ['a single block under a heading that is no name', `### Node.js\n${block('python')}`, 'plan'],
    ['the same twice', block(`python:${path}`) + block(`python:${path}`), 'fence'],
  ])('takes %s', (_what, text, how) => {
    const { files, conflicts } = extractOne(text, path)
    expect({ files, conflicts }).toMatchObject({ files: [{ ...file, how }], conflicts: [] })
  })

  test('takes a block whose first line names it', () => {
    const content = '# src/app.py\nx\n'
    expect(extractOne(block('python', content), path).files).toMatchObject([{ path, content, how: 'inside' }])
  })

  test.each([
    ['another name in the fence', block('python:other.py'), 'other.py'],
    ['another name above', `other.py\n${block('python')}`, 'other.py'],
    ['another name inside', block('python', '# other.py\nx\n'), 'other.py'],
    ['another name in another language', `app.js\n${block('python')}`, 'app.js'],
  ])('a single block with %s is a conflict', (_what, text, other) => {
    expect(extractOne(text, path)).toMatchObject({
      files: [],
      unplaced: [],
      conflicts: [{ path, versions: [{ path: other }] }],
    })
  })

  test('two contents for the path are a conflict', () => {
    const text = block(`python:${path}`, '1\n') + block(`python:${path}`, '2\n')
    const { files, conflicts } = extractOne(text, path)
    expect(files).toEqual([])
    expect(conflicts).toMatchObject([{ path, versions: [{ content: '1\n' }, { content: '2\n' }] }])
  })

  test('blocks beside the file are unplaced, each with its reason', () => {
    const text = block(`python:${path}`) + block('bash', 'ls\n') + block('python:other.py')
    expect(extractOne(text, path)).toMatchObject({
      files: [file],
      unplaced: [
        { language: 'bash', reason: `It has no name, and another block is ${path}.` },
        { path: 'other.py', reason: `It names other.py, but only ${path} was asked for.` },
      ],
    })
  })

  test('of several blocks without the name none is the file, unless one alone is in its language', () => {
    const { files, unplaced } = extractOne(block('python', '1\n') + block('python', '2\n'), path)
    expect(files).toEqual([])
    expect(unplaced.map((one) => one.reason)).toEqual(Array(2).fill(`None of the 2 blocks names ${path}.`))
    const usage = extractOne(block('python') + block('bash', 'ls\n'), path)
    expect(usage).toMatchObject({ files: [{ path, how: 'plan' }], unplaced: [{ language: 'bash' }] })
    expect(extractOne(block('') + block('bash', 'ls\n'), path).files).toEqual([])
  })

  test.each([
    ['in another language', block('bash', 'pip install x\n'), `The block is bash, which ${path} is not.`],
    ['with a name that leads out', block('python:../../etc/passwd.py'), 'leads out of its folder'],
    ['with an echo of the prompt', block('python:path/to/file.py'), "repeats the prompt's example"],
  ])('a single block %s is unplaced', (_what, text, why) => {
    const { files, unplaced, conflicts } = extractOne(text, path)
    expect({ files, conflicts }).toEqual({ files: [], conflicts: [] })
    expect(unplaced).toMatchObject([{ reason: expect.stringContaining(why) }])
  })

  test('a cut block is the file, not complete', () => {
    expect(extractOne('```python\nx = ', path).files).toMatchObject([
      { path, content: 'x = ', complete: false },
    ])
  })
})

describe('wholeDocument', () => {
  test.each([
    ['plain', '# A\n\nText.\n', '# A\n\nText.\n'],
    ['outer blank lines', '\n \n# A\n\nText.  \n\n\n', '# A\n\nText.  \n'],
    ['thinking', '<think>\nHm.\n</think>\n\n# A\n', '# A\n'],
    ['thinking that never began', 'Hm.\n</think>\n# A\n', '# A\n'],
    ['one fence around all', '```markdown\n# A\n\n```sh\nls\n```\n```\n', '# A\n\n```sh\nls\n```\n'],
    ['thinking, then one fence', '<think>x</think>\n\n```md\n\n# A\n```\n\n', '\n# A\n'],
    ['a fence that was cut', '```markdown\n# A\n', '# A\n'],
    ['a fence and a sentence', '```sh\nls\n```\nDone.\n', '```sh\nls\n```\nDone.\n'],
    ['a sentence and a fence', 'So:\n```sh\nls\n```', 'So:\n```sh\nls\n```'],
    ['two fences', '```sh\nls\n```\n```sh\nls\n```\n', '```sh\nls\n```\n```sh\nls\n```\n'],
    ['a tag in code', 'a\n```\n<think>\n```\nb', 'a\n```\n<think>\n```\nb'],
    ['nothing', ' \n\n', ''],
  ])('%s', (_what, text, document) => {
    expect(wholeDocument(text)).toBe(document)
  })
})
