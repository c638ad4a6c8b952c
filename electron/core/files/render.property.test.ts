import fc from 'fast-check'
import { expect, test } from 'vitest'
import { extract } from './parse.ts'
import { isPlausiblePath } from './plausible-path.ts'

type File = { readonly path: string; readonly language: string; readonly content: string }
/** Writes one file in some convention, and says what is then its content. */
type Render = (file: File) => { readonly text: string; readonly content: string }

const kinds = [
  ['py', 'python', '# '],
  ['ts', 'typescript', '// '],
  ['sh', 'bash', '# '],
  ['rs', 'rust', '// '],
  ['sql', 'sql', '-- '],
  ['yml', 'yaml', '# '],
] as const
const markOf = (language: string) => kinds.find(([, one]) => one === language)![2]

const fenced =
  (info: (file: File) => string, above: (file: File) => string = () => '', marks = '```'): Render =>
  (file) => ({
    text: `${above(file)}${marks}${info(file)}\n${file.content}${marks}\n`,
    content: file.content,
  })
const plain = ({ language }: File) => language
const inside =
  (label: string): Render =>
  (file) => {
    const content = `${markOf(file.language)}${label}${file.path}\n${file.content}`
    return { text: `\`\`\`${file.language}\n${content}\`\`\`\n`, content }
  }
const tagged =
  (start: (path: string) => string, end: string): Render =>
  ({ path, content }) => ({ text: `${start(path)}\n${content}${end}\n`, content })

const renders: Readonly<Record<string, Render>> = {
  'A: language:path (S60)': fenced(({ language, path }) => `${language}:${path}`),
  'language and path': fenced(({ language, path }) => `${language} ${path}`),
  'path alone in the fence': fenced(({ path }) => path),
  'title="path"': fenced(({ language, path }) => `${language} title="${path}"`),
  'file=path': fenced(({ language, path }) => `${language} file=${path}`),
  'filename: path': fenced(({ language, path }) => `${language} filename: ${path}`),
  '{path}': fenced(({ language, path }) => `${language} {${path}}`),
  'B: File: `path` (S61)': fenced(plain, ({ path }) => `File: \`${path}\`\n`),
  'bare path above': fenced(plain, ({ path }) => `${path}\n`),
  'path with a colon above': fenced(plain, ({ path }) => `${path}:\n`),
  'bold path above': fenced(plain, ({ path }) => `**${path}**\n`),
  'path in backticks above': fenced(plain, ({ path }) => `\`${path}\`:\n\n`),
  'heading above': fenced(plain, ({ path }) => `### ${path}\n\n`),
  'numbered heading above': fenced(plain, ({ path }) => `### 3. \`${path}\`\n\n`),
  'list item above': fenced(plain, ({ path }) => `- \`${path}\`\n`),
  'sentence above': fenced(plain, ({ path }) => `Create \`${path}\` with this content:\n\n`),
  'heading, then a sentence': fenced(plain, ({ path }) => `### \`${path}\`\n\nIt holds a part of it.\n\n`),
  tildes: fenced(plain, ({ path }) => `${path}\n`, '~~~'),
  'longer fence': fenced(({ language, path }) => `${language}:${path}`, undefined, '`````'),
  'comment inside': inside(''),
  'labelled comment inside': inside('File: '),
  '<file path="">': tagged((path) => `<file path="${path}">`, '</file>'),
  '<boltAction>': tagged((path) => `<boltAction type="file" filePath="${path}">`, '</boltAction>'),
  '<write_file>': tagged(
    (path) => `<write_file>\n<path>${path}</path>\n<content>`,
    '</content>\n</write_file>',
  ),
  CDATA: tagged((path) => `<file path="${path}"><![CDATA[`, ']]></file>'),
  'SEARCH/REPLACE': ({ path, language, content }) => ({
    text: `${path}\n\`\`\`${language}\n<<<<<<< SEARCH\n=======\n${content}>>>>>>> REPLACE\n\`\`\`\n`,
    content,
  }),
  diff: ({ path, content }) => ({
    text: `\`\`\`diff\n--- /dev/null\n+++ b/${path}\n@@ -0,0 +1 @@\n${content.replaceAll(/^(?=[^])/gm, '+')}\`\`\`\n`,
    content,
  }),
  JSON: ({ path, content }) => ({
    text: `\`\`\`json\n${JSON.stringify({ files: [{ path, content }] })}\n\`\`\`\n`,
    content,
  }),
}

const segment = fc.stringMatching(/^[a-z][a-z0-9_]{2,8}$/)
const words = fc.stringMatching(/^[a-z_]{1,6} = [a-z0-9]{1,6}(?:, [a-z0-9]{1,4}){0,3}$/)
const line = fc
  .tuple(
    fc.constantFrom('', '', '    ', '\t'),
    fc.oneof(words, fc.constant(''), fc.stringMatching(/^[a-z] = "[ -!#-[\]-_a-~é文]{0,12}"$/)),
  )
  .map(([indent, text]) => `${indent}${text}\n`)
const content = fc
  .tuple(words, fc.array(line, { maxLength: 8 }))
  .map(([first, lines]) => `${first}\n${lines.join('')}`)
const file = fc
  .tuple(fc.array(segment, { minLength: 1, maxLength: 3 }), fc.constantFrom(...kinds), content)
  .map(([parts, [extension, language], text]): File => ({
    path: `${parts.join('/')}.${extension}`,
    language,
    content: text,
  }))
  .filter(({ path }) => isPlausiblePath(path).ok)
const files = fc.uniqueArray(file, { selector: ({ path }) => path, minLength: 1, maxLength: 4 })

test.each(Object.entries(renders))('what is written as %s is read as it was (S59)', (_name, render) => {
  fc.assert(
    fc.property(files, fc.constantFrom('\n', '\nThe next one:\n\n', '\n下面继续。\n\n'), (all, between) => {
      const written = all.map((one) => ({ path: one.path, ...render(one) }))
      const found = extract(written.map(({ text }) => text).join(between))
      expect(found.files.map((one) => [one.path, one.content])).toEqual(
        written.map((one) => [one.path, one.content]),
      )
      expect([...found.unplaced, ...found.conflicts]).toEqual([])
    }),
    { numRuns: 100 },
  )
})

test('mixed ways in one answer (S62)', () => {
  const ways = Object.entries(renders).filter(([name]) => name !== 'JSON')
  fc.assert(
    fc.property(files, fc.array(fc.constantFrom(...ways), { minLength: 4, maxLength: 4 }), (all, chosen) => {
      const written = all.map((one, index) => ({ path: one.path, ...chosen[index]![1](one) }))
      const found = extract(written.map(({ text }) => text).join('\n'))
      expect(found.files.map((one) => [one.path, one.content])).toEqual(
        written.map((one) => [one.path, one.content]),
      )
    }),
    { numRuns: 300 },
  )
})
