import type { Convention, Entry, Rendered } from './convention.ts'

/** Content between tags: whether the line end before the closing tag is the file's, tools do not agree. */
function between(before: string, { content }: Entry, after: string): Rendered {
  const end = content.endsWith('\n') ? '' : '\n'
  const whole = `${content}${end}`
  return { text: `${before}\n${whole}${after}\n`, content: whole, also: [whole.replace(/\n$/, '')] }
}

const attribute =
  (open: (path: string) => string, close: string) =>
  (entry: Entry): Rendered =>
    between(open(entry.path), entry, close)

function writeToFile(entry: Entry): Rendered {
  const count = entry.random.chance(0.5)
    ? `<line_count>${entry.content.split('\n').length - 1}</line_count>\n`
    : ''
  return between(
    `<write_to_file>\n<path>${entry.path}</path>\n<content>`,
    entry,
    `</content>\n${count}</write_to_file>`,
  )
}

function invoke(entry: Entry): Rendered {
  return between(
    `<function_calls>\n<invoke name="write_to_file">\n<parameter name="path">${entry.path}</parameter>\n<parameter name="content">`,
    entry,
    `</parameter>\n</invoke>\n</function_calls>`,
  )
}

function editorCall(entry: Entry): Rendered {
  return between(
    `<function=str_replace_editor>\n<parameter=command>create</parameter>\n<parameter=path>${entry.path}</parameter>\n<parameter=file_text>`,
    entry,
    `</parameter>\n</function>`,
  )
}

/** A shell command that writes the file: what stands between the marks is the file. */
function heredoc({ path, content, fence }: Entry): Rendered {
  const whole = content.endsWith('\n') ? content : `${content}\n`
  return { text: `${fence}bash\ncat > ${path} <<'EOF'\n${whole}EOF\n${fence}\n`, content: whole }
}

function newFileDiff({ path, content, fence }: Entry): Rendered {
  const lines = content.replace(/\n$/, '').split('\n')
  const added = lines.map((line) => `+${line}\n`).join('')
  const head = `--- /dev/null\n+++ b/${path}\n@@ -0,0 +1,${lines.length} @@\n`
  return { text: `${fence}diff\n${head}${added}${fence}\n`, content: `${lines.join('\n')}\n` }
}

/** An edit that finds nothing and puts in all; the path stands over the fence or, with some models, inside. */
function emptySearch({ path, language, content, fence, random }: Entry): Rendered {
  const whole = content.endsWith('\n') ? content : `${content}\n`
  const head = random.chance(0.7) ? `${path}\n${fence}${language}` : `${fence}${language}\n${path}`
  const text = `${head}\n<<<<<<< SEARCH\n=======\n${whole}>>>>>>> REPLACE\n${fence}\n`
  return { text, content: whole }
}

const json =
  (write: (entry: Entry) => string) =>
  (entry: Entry): Rendered => ({ text: `${entry.number === 1 ? '' : ','}\n  ${write(entry)}` })

/** Ways to name files that are not a line at a fence: tags, calls of tools, JSON, diffs, commands. */
export const tagConventions: readonly Convention[] = [
  { name: '<file path=>', weight: 2, render: attribute((path) => `<file path="${path}">`, '</file>') },
  { name: '<file name=>', weight: 0.5, render: attribute((path) => `<file name="${path}">`, '</file>') },
  { name: '<write_to_file>', weight: 2, render: writeToFile },
  { name: '<invoke> with parameters', weight: 1, render: invoke },
  { name: '<function=> with parameters', weight: 1, render: editorCall },
  {
    name: '<boltAction>',
    weight: 2,
    render: attribute((path) => `<boltAction type="file" filePath="${path}">`, '</boltAction>'),
    around: [
      '<boltArtifact id="project" title="The project">\n',
      '<boltAction type="shell">\nnpm install && npm run dev\n</boltAction>\n</boltArtifact>\n',
    ],
  },
  {
    name: '<lov-write>',
    weight: 1,
    render: attribute((path) => `<lov-write file_path="${path}">`, '</lov-write>'),
  },
  {
    name: 'JSON of path to content',
    weight: 1,
    isData: true,
    render: json(({ path, content }) => `${JSON.stringify(path)}: ${JSON.stringify(content)}`),
    around: ['```json\n{', '\n}\n```\n'],
  },
  {
    name: 'JSON list of files',
    weight: 1,
    isData: true,
    render: json(({ path, content }) => JSON.stringify({ path, content })),
    around: ['{"files": [', '\n]}\n'],
  },
  {
    name: 'JSON list with other keys',
    weight: 0.5,
    isData: true,
    render: json(({ path, content }) => JSON.stringify({ filePath: path, fileContent: content }, null, 2)),
    around: ['Here is the project:\n\n```json\n[', '\n]\n```\n'],
  },
  { name: 'here-document', weight: 0.5, render: heredoc, noFences: true },
  { name: 'diff of a new file', weight: 1, render: newFileDiff },
  { name: 'empty SEARCH', weight: 1, render: emptySearch },
]
