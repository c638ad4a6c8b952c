/** One way in which answers name their files, and what is to come of it. */
export type Convention = {
  readonly family:
    | 'no whole file'
    | 'fence line'
    | 'line above'
    | 'inside'
    | 'fences'
    | 'tags'
    | 'changes'
    | 'JSON'
    | 'around'
  readonly name: string
  /** Which project, prompt or model writes so. */
  readonly source: string
  readonly answer: string
  readonly files: Readonly<Record<string, string>>
}

const body = 'import os\n\nprint(os.name)\n'
const page = '# App\n\nRun it:\n\n```bash\nnpm start\n```\n\nMore.\n'
const fence = (info: string, content = body, marks = '```') => `${marks}${info}\n${content}${marks}\n`
const path = 'src/app.py'
const one = { [path]: body }

type Row = readonly [name: string, source: string, answer: string, files?: Readonly<Record<string, string>>]
const family = (name: Convention['family'], rows: readonly Row[]): Convention[] =>
  rows.map(([convention, source, answer, files = one]) => ({
    family: name,
    name: convention,
    source,
    answer: `Here it is.\n\n${answer}\nThat is all.\n`,
    files,
  }))
/** Rows whose answer stands as it is, with nothing around it. */
const bare = (name: Convention['family'], rows: readonly Row[]): Convention[] =>
  family(name, rows).map((row, index) => ({ ...row, answer: rows[index]![2] }))

const spec = 'the specification'
const chat = 'chat models, free style'
const aider = 'Aider, edit format "whole"'
const gpt = 'GPT-4 class models'
const claude = 'Claude class models'
const qwen = 'Qwen coder models'
const llama = 'Llama and CodeLlama'
const mistral = 'Mistral, Devstral'
const docusaurus = 'documentation tools (Docusaurus, MkDocs), copied by models'

const fenceLine = family('fence line', [
  ['A: language:path', spec, fence('python:src/app.py')],
  ['A: with ./', spec, fence('python:./src/app.py')],
  ['A: with a blank', spec, fence('python: src/app.py')],
  ['A: with a backslash', `${mistral}, asked for Windows`, fence('python:src\\app.py')],
  ['language and path', 'Continue, Cursor chat', fence('python src/app.py')],
  ['path and language', qwen, fence('src/app.py python')],
  ['path alone', 'GPT-Engineer, Aider', fence('src/app.py')],
  ['title="path"', docusaurus, fence('python title="src/app.py"')],
  ["title='path' in braces", docusaurus, fence("python {title='src/app.py'}")],
  ['title and other settings', docusaurus, fence('python title="src/app.py" {1,3} showLineNumbers')],
  ['file=', 'mdBook, R Markdown', fence('python file=src/app.py')],
  ['file: ', qwen, fence('python file: src/app.py')],
  ['filename=', 'Pandoc, Quarto', fence('python filename="src/app.py" linenums="1"')],
  ['filename in Pandoc braces', 'Pandoc, Quarto', fence('{.python filename="src/app.py"}')],
  ['filename:', llama, fence('python filename: src/app.py')],
  ['path=', 'Copilot chat, Zed', fence('python path=src/app.py')],
  ['name=', chat, fence('python name=src/app.py')],
  ['{path}', 'LobeChat', fence('python {src/app.py}')],
  ['[path]', 'Nuxt Content, VitePress', fence('python [src/app.py]')],
  ['(path)', chat, fence('python (src/app.py)')],
  ['a comment behind the language', claude, fence('python // src/app.py')],
  ['a hash comment behind the language', claude, fence('python # src/app.py')],
  ['lines to highlight behind', docusaurus, fence('python:src/app.py {1,3-5}')],
  ['tildes', chat, fence('python:src/app.py', body, '~~~')],
  [
    'a file without extension',
    chat,
    fence('dockerfile:Dockerfile', 'FROM scratch\n'),
    { Dockerfile: 'FROM scratch\n' },
  ],
])

const lineAbove = family('line above', [
  ['heading with the path in brackets', gpt, `## 2. Storage (\`src/app.py\`)\n\n${fence('python')}`],
  ['path in brackets', llama, `[src/app.py]\n${fence('python')}`],
  ['underscores', chat, `__src/app.py__\n${fence('python')}`],
  ['banner with a label', llama, `### FILE: src/app.py ###\n${fence('python')}`],
  ['comment above the block', claude, `<!-- filename: src/app.py -->\n${fence('python')}`],
  [
    'summary of details',
    'GitHub style answers',
    `<details><summary>src/app.py</summary>\n\n${fence('python')}\n</details>\n`,
  ],
  [
    'a name with a blank in it',
    chat,
    `\`docs/field notes.txt\`:\n${fence('text', 'x\n')}`,
    { 'docs/field notes.txt': 'x\n' },
  ],
  [
    'a program without an extension',
    gpt,
    `**File:** \`bin/run\`\n${fence('ruby', '#!/usr/bin/env ruby\nputs 1\n')}`,
    { 'bin/run': '#!/usr/bin/env ruby\nputs 1\n' },
  ],
  ['Spanish sentence', mistral, `Aquí está la versión actualizada de \`src/app.py\`:\n\n${fence('python')}`],
  ['Russian sentence', qwen, `Создайте файл \`src/app.py\` со следующим кодом:\n\n${fence('python')}`],
  ['B: File: `path`', spec, `File: \`src/app.py\`\n${fence('python')}`],
  ['B: without backticks', spec, `File: src/app.py\n${fence('python')}`],
  ['B: a blank line between', spec, `File: \`src/app.py\`\n\n${fence('python')}`],
  ['B: without language', spec, `File: \`src/app.py\`\n${fence('')}`],
  ['B: bold', gpt, `**File: \`src/app.py\`**\n${fence('python')}`],
  ['B: bold label', gpt, `**File:** \`src/app.py\`\n${fence('python')}`],
  ['B: bold label, colon outside', gpt, `**File**: \`src/app.py\`\n${fence('python')}`],
  ['B: heading', gpt, `### File: \`src/app.py\`\n${fence('python')}`],
  ['B: numbered', llama, `### File 2: src/app.py\n${fence('python')}`],
  ['B: numbered of so many', llama, `File (2/5): src/app.py\n${fence('python')}`],
  ['Filename:', llama, `Filename: src/app.py\n${fence('python')}`],
  ['File path:', mistral, `**File Path:** \`src/app.py\`\n\n${fence('python')}`],
  ['## Code: path', 'MetaGPT, WriteCode', `## Code: src/app.py\n${fence('python')}`],
  [
    '## Code: path, and again inside',
    'MetaGPT, WriteCode',
    `## Code: src/app.py\n\n${fence('python', `## src/app.py\n${body}`)}`,
    { [path]: `## src/app.py\n${body}` },
  ],
  ['bare path', aider, `src/app.py\n${fence('python')}`],
  ['bare path, no language', aider, `src/app.py\n${fence('')}`],
  ['lower-case name, upper-case language', 'ChatDev', `app.py\n${fence('PYTHON')}`, { 'app.py': body }],
  ['bare path with a colon', llama, `src/app.py:\n${fence('python')}`],
  ['backticks', gpt, `\`src/app.py\`\n${fence('python')}`],
  ['backticks with a colon', gpt, `\`src/app.py\`:\n\n${fence('python')}`],
  ['bold path', 'GPT-Engineer', `**src/app.py**\n${fence('python')}`],
  ['bold, colon inside', gpt, `**src/app.py:**\n${fence('python')}`],
  ['bold, colon outside', gpt, `**\`src/app.py\`**:\n${fence('python')}`],
  ['italic', chat, `*src/app.py*\n${fence('python')}`],
  ['quotes', chat, `"src/app.py":\n${fence('python')}`],
  ['a link', claude, `[src/app.py](src/app.py)\n${fence('python')}`],
  ['heading', gpt, `## src/app.py\n\n${fence('python')}`],
  ['numbered heading', gpt, `### 1. \`src/app.py\`\n${fence('python')}`],
  ['numbered heading with a bracket', qwen, `#### 2) src/app.py\n${fence('python')}`],
  ['bold and numbered', gpt, `**1. \`src/app.py\`**\n\n${fence('python')}`],
  ['heading with a note in brackets', claude, `### \`src/app.py\` (new)\n\n${fence('python')}`],
  ['heading with a description', claude, `### \`src/app.py\` - The entry point\n\n${fence('python')}`],
  ['heading with a description behind a colon', gpt, `### src/app.py: entry point\n\n${fence('python')}`],
  ['heading with a word before', qwen, `### File \`src/app.py\`\n\n${fence('python')}`],
  ['heading with a verb before', gpt, `### Create \`src/app.py\`\n\n${fence('python')}`],
  [
    'heading, then a description',
    gpt,
    `### src/app.py\n\nThe entry point of the program.\n\n${fence('python')}`,
  ],
  ['pictogram', claude, `### 📄 \`src/app.py\`\n\n${fence('python')}`],
  ['list item', llama, `- src/app.py\n${fence('python')}`],
  ['numbered item', llama, `2) \`src/app.py\`\n${fence('python')}`],
  ['ruled', 'repository packers (Repomix, files-to-prompt)', `===== src/app.py =====\n${fence('python')}`],
  ['dashes', 'repository packers', `--- src/app.py ---\n${fence('python')}`],
  ['path in a tag', 'Anthropic prompts', `<path>src/app.py</path>\n${fence('python')}`],
  ['a sentence that creates', gpt, `Create \`src/app.py\` with the following content:\n\n${fence('python')}`],
  ['a sentence that shows', claude, `Here's the \`src/app.py\` file:\n\n${fence('python')}`],
  ['a sentence that saves', llama, `Save this as \`src/app.py\`:\n${fence('python')}`],
  ['a sentence that names', llama, `Create a file named **src/app.py**:\n${fence('python')}`],
  ['Chinese label', qwen, `文件：\`src/app.py\`\n${fence('python')}`],
  ['Chinese sentence', qwen, `以下是 \`src/app.py\` 的代码：\n\n${fence('python')}`],
  ['German label', mistral, `Datei: \`src/app.py\`\n${fence('python')}`],
  ['Russian label', qwen, `Файл: \`src/app.py\`\n${fence('python')}`],
  ['Japanese label', qwen, `ファイル名: \`src/app.py\`\n${fence('python')}`],
  ['both, the same', chat, `File: \`src/app.py\`\n${fence('python:src/app.py')}`],
  ['both, folders only in the fence', chat, `app.py\n${fence('python:src/app.py')}`],
  ['both, folders only above', chat, `src/app.py\n${fence('python:app.py')}`],
  [
    'C: several, mixed',
    spec,
    `${fence('python:src/app.py')}\nFile: \`src/b.py\`\n${fence('python', 'x = 1\n')}\n### Dockerfile\n${fence('dockerfile', 'FROM scratch\n')}`,
    { ...one, 'src/b.py': 'x = 1\n', Dockerfile: 'FROM scratch\n' },
  ],
])

const inside = (
  first: string,
  language: string,
  name: string,
  rest = 'x\n',
): readonly [string, Record<string, string>] => {
  const content = `${first}\n${rest}`
  return [fence(language, content), { [name]: content }]
}
const insideRows = family('inside', [
  [
    'here-documents of a script',
    `${claude}, shell sessions`,
    fence('bash', `mkdir -p src\ncat > src/app.py <<'EOF'\n${body}EOF\n\ncat <<EOF > src/b.py\nx = 1\nEOF\n`),
    { ...one, 'src/b.py': 'x = 1\n' },
  ],
  ['%%writefile', 'Jupyter and Colab notebooks', fence('python', `%%writefile src/app.py\n${body}`)],
  ['a ruled comment before the name', llama, ...inside('# ------\n# src/app.py\n# ------', 'python', path)],
  ['## name', 'MetaGPT, WriteCode', ...inside('## game.py', 'python', 'game.py')],
  ['# path', gpt, ...inside('# src/app.py', 'python', path)],
  ['# File: path', claude, ...inside('# File: src/app.py', 'python', path)],
  ['# filename: path', llama, ...inside('# filename: src/app.py', 'python', path)],
  ['# path with a description', gpt, ...inside('# src/app.py - the entry point', 'python', path)],
  ['# ruled path', gpt, ...inside('# ----- src/app.py -----', 'python', path)],
  ['// path', gpt, ...inside('// src/app.ts', 'typescript', 'src/app.ts')],
  ['/* path */', claude, ...inside('/* styles/site.css */', 'css', 'styles/site.css')],
  ['/** path', claude, ...inside('/**\n * src/app.ts\n */', 'ts', 'src/app.ts')],
  ['@file path', llama, ...inside('/** @file src/app.c */', 'c', 'src/app.c')],
  ['<!-- path -->', gpt, ...inside('<!-- templates/index.html -->', 'html', 'templates/index.html')],
  ['-- path', gpt, ...inside('-- db/schema.sql', 'sql', 'db/schema.sql')],
  ['; path', llama, ...inside('; config/app.ini', 'ini', 'config/app.ini')],
  ['% path', llama, ...inside('% paper/main.tex', 'latex', 'paper/main.tex')],
  ['"""path"""', qwen, ...inside('"""src/app.py"""', 'python', path)],
  ['docstring below', qwen, ...inside('"""\nsrc/app.py\n"""', 'python', path)],
  ['# Dockerfile', gpt, ...inside('# Dockerfile', 'dockerfile', 'Dockerfile', 'FROM scratch\n')],
  [
    '# .github/...',
    gpt,
    ...inside('# .github/workflows/ci.yml', 'yaml', '.github/workflows/ci.yml', 'on: push\n'),
  ],
  ['# requirements.txt', gpt, ...inside('# requirements.txt', 'text', 'requirements.txt', 'flask\n')],
  ['// package.json', gpt, ...inside('// package.json', 'json', 'package.json', '{}\n')],
  ['behind #!', claude, ...inside('#!/usr/bin/env bash\n# scripts/run.sh', 'bash', 'scripts/run.sh')],
  ['behind <?php', gpt, ...inside('<?php\n// src/index.php', 'php', 'src/index.php')],
  [
    'behind <!DOCTYPE>',
    gpt,
    ...inside('<!DOCTYPE html>\n<!-- index.html -->', 'html', 'index.html', '<html></html>\n'),
  ],
  ['without language', gpt, ...inside('# src/app.py', '', path)],
])

const indented = body.replaceAll(/^(?=.)/gm, '    ')
const markdown = { 'README.md': page }
const fenceRows = family('fences', [
  ['four backticks', claude, fence('python:src/app.py', body, '````')],
  ['tildes around backticks', chat, fence('markdown:README.md', page, '~~~'), markdown],
  ['longer around shorter', claude, fence('markdown:README.md', page, '````'), markdown],
  ['Markdown in a fence of the same length', gpt, `**README.md**\n\n${fence('markdown', page)}`, markdown],
  ['the same by name alone', gpt, `README.md\n${fence('', page)}`, markdown],
  [
    'the same with bare fences inside',
    llama,
    `### README.md\n\n${fence('markdown', page.replace('bash', ''))}`,
    { 'README.md': page.replace('bash', '') },
  ],
  [
    'Markdown, then another file',
    gpt,
    `**README.md**\n${fence('md', page)}\n**src/app.py**\n${fence('python')}`,
    { ...markdown, ...one },
  ],
  [
    'Markdown in Markdown',
    claude,
    fence('md:docs/a.md', '```md\n```sh\nx\n```\n```\n'),
    { 'docs/a.md': '```md\n```sh\nx\n```\n```\n' },
  ],
  [
    'docstring with fences',
    claude,
    `File: \`src/app.py\`\n${fence('python', `"""Use:\n\n\`\`\`\nf()\n\`\`\`\n"""\n${body}`)}`,
    { [path]: `"""Use:\n\n\`\`\`\nf()\n\`\`\`\n"""\n${body}` },
  ],
  ['indented by a blank or three', gpt, `   \`\`\`python:src/app.py\n${body}   \`\`\`\n`],
  ['in a list item', gpt, `1. \`src/app.py\`:\n\n    \`\`\`python\n${indented}    \`\`\`\n`],
  [
    'in a list item, content at the margin',
    llama,
    `1. \`src/app.py\`:\n\n    \`\`\`python\n${body}    \`\`\`\n`,
  ],
  ['behind a list mark', chat, `- \`\`\`python:src/app.py\n${body}  \`\`\`\n`],
  ['a closing fence that is longer', chat, `\`\`\`python:src/app.py\n${body}\`\`\`\`\`\n`],
  [
    'an end of turn behind the last fence',
    `${qwen}, raw`,
    `\`\`\`python:src/app.py\n${body}\`\`\`<|im_end|>\n`,
  ],
  [
    'all in one outer fence',
    'Devika',
    `~~~\nFile: \`src/app.py\`:\n${fence('py')}File: \`src/b.py\`:\n${fence('py', 'x = 1\n')}~~~\n`,
    { ...one, 'src/b.py': 'x = 1\n' },
  ],
  ['an empty file', chat, fence('python:src/__init__.py', ''), { 'src/__init__.py': '' }],
])

const tagged = family('tags', [
  [
    '<tool_call> with JSON',
    'Qwen, Hermes',
    `<tool_call>\n${JSON.stringify({ name: 'write_file', arguments: { file_path: path, content: body } })}\n</tool_call>\n`,
  ],
  [
    'actions beside',
    'bolt.new',
    `<boltAction type="file" filePath="src/app.py">\n${body}</boltAction>\n<boltAction type="shell">\nnpm i\n</boltAction>\n`,
  ],
  ['<file path="">', 'prompts for Claude', `<file path="src/app.py">\n${body}</file>\n`],
  ['<file name="">', 'prompts for Claude', `<file name="src/app.py">\n${body}</file>\n`],
  ['<file path=""> around a fence', claude, `<file path="src/app.py">\n${fence('python')}</file>\n`],
  [
    '<file> with <path> and <content>',
    'prompts for Claude',
    `<file>\n<path>src/app.py</path>\n<content>\n${body}</content>\n</file>\n`,
  ],
  [
    '<file path=""> with <content>',
    'prompts for Claude',
    `<file path="src/app.py">\n<content>\n${body}</content>\n</file>\n`,
  ],
  ['<file> with CDATA', 'prompts for Gemini', `<file path="src/app.py"><![CDATA[\n${body}]]></file>\n`],
  [
    '<write_to_file>',
    'Cline, Roo Code',
    `<write_to_file>\n<path>src/app.py</path>\n<content>\n${body}</content>\n</write_to_file>\n`,
  ],
  [
    '<write_file path="">',
    'agents of local models',
    `<write_file path="src/app.py">\n${body}</write_file>\n`,
  ],
  [
    '<create_file> with <file_path>',
    'agents of local models',
    `<create_file>\n<file_path>src/app.py</file_path>\n<file_content>\n${body}</file_content>\n</create_file>\n`,
  ],
  [
    '<boltAction>',
    'bolt.new',
    `<boltArtifact id="a" title="App">\n<boltAction type="file" filePath="src/app.py">\n${body}</boltAction>\n</boltArtifact>\n`,
  ],
  ['<lov-write>', 'Lovable', `<lov-write file_path="src/app.py">\n${body}</lov-write>\n`],
  ['<dyad-write>', 'Dyad', `<dyad-write path="src/app.py" description="Entry">\n${body}</dyad-write>\n`],
  [
    '<antArtifact title="">',
    claude,
    `<antArtifact identifier="app" type="application/vnd.ant.code" title="src/app.py">\n${body}</antArtifact>\n`,
  ],
  [
    '<document> with <source>',
    'Anthropic prompts',
    `<document index="1">\n<source>src/app.py</source>\n<document_content>\n${body}</document_content>\n</document>\n`,
  ],
  [
    '<function=...>',
    'Qwen3-Coder, OpenHands',
    `<function=write_file>\n<parameter=path>\nsrc/app.py\n</parameter>\n<parameter=content>\n${body}</parameter>\n</function>\n`,
  ],
  [
    '<invoke name="">',
    claude,
    `<invoke name="write_file">\n<parameter name="path">src/app.py</parameter>\n<parameter name="content">${body}</parameter>\n</invoke>\n`,
  ],
  [
    '<path> above <content>',
    'agents of local models',
    `<path>src/app.py</path>\n<content>\n${body}</content>\n`,
  ],
  ['tags inside a fence', gpt, fence('xml', `<file path="src/app.py">\n${body}</file>\n`)],
  [
    'HTML in a file',
    'bolt.new',
    `<boltAction type="file" filePath="index.html">\n<html>\n<script src="a.js"></script>\n</html>\n</boltAction>\n`,
    { 'index.html': '<html>\n<script src="a.js"></script>\n</html>\n' },
  ],
  [
    'several',
    'bolt.new',
    `<file path="src/app.py">\n${body}</file>\n<file path="src/b.py">\nx = 1\n</file>\n`,
    { ...one, 'src/b.py': 'x = 1\n' },
  ],
])

const plus = body.replaceAll(/^/gm, '+').replace(/\+$/, '')
const changed = family('changes', [
  [
    'a change of a file of the same answer',
    aider,
    `${fence('python:src/app.py', body.replace('os.name', 'os'))}\nsrc/app.py\n${fence('python', '<<<<<<< SEARCH\nprint(os)\n=======\nprint(os.name)\n>>>>>>> REPLACE\n')}`,
  ],
  [
    'SEARCH/REPLACE of a new file',
    'Aider, edit format "diff"',
    `src/app.py\n${fence('python', `<<<<<<< SEARCH\n=======\n${body}>>>>>>> REPLACE\n`)}`,
  ],
  [
    'name inside the fence',
    'Aider, edit format "diff-fenced"',
    fence('', `src/app.py\n<<<<<<< SEARCH\n=======\n${body}>>>>>>> REPLACE\n`),
  ],
  ['without a fence', 'Cline, Roo Code', `src/app.py\n<<<<<<< SEARCH\n=======\n${body}>>>>>>> REPLACE\n`],
  [
    'SEARCH/REPLACE of a known file',
    'Aider, edit format "diff"',
    `known.py\n${fence('python', '<<<<<<< SEARCH\nb = 2\n=======\nb = 3\n>>>>>>> REPLACE\n')}`,
    { 'known.py': 'a = 1\nb = 3\nc = 3\n' },
  ],
  [
    'two changes of one file',
    'Aider, edit format "diff"',
    `known.py\n${fence('python', '<<<<<<< SEARCH\na = 1\n=======\na = 0\n>>>>>>> REPLACE\n\n<<<<<<< SEARCH\nc = 3\n=======\n>>>>>>> REPLACE\n')}`,
    { 'known.py': 'a = 0\nb = 2\n' },
  ],
  [
    'unified diff of a new file',
    'Aider, edit format "udiff"',
    fence('diff', `--- /dev/null\n+++ b/src/app.py\n@@ -0,0 +1,3 @@\n${plus}`),
  ],
  [
    'unified diff of a known file',
    gpt,
    fence('diff', '--- a/known.py\n+++ b/known.py\n@@ -1,3 +1,3 @@\n a = 1\n-b = 2\n+b = 3\n c = 3\n'),
    { 'known.py': 'a = 1\nb = 3\nc = 3\n' },
  ],
  [
    'without line numbers',
    'Aider, edit format "udiff"',
    fence('diff', '--- known.py\n+++ known.py\n@@ ... @@\n-b = 2\n+b = 3\n'),
    { 'known.py': 'a = 1\nb = 3\nc = 3\n' },
  ],
  [
    'git diff without a fence',
    qwen,
    'diff --git a/known.py b/known.py\nindex 1..2 100644\n--- a/known.py\n+++ b/known.py\n@@ -1,3 +1,3 @@\n a = 1\n-b = 2\n+b = 3\n c = 3\n',
    { 'known.py': 'a = 1\nb = 3\nc = 3\n' },
  ],
])

const listed = {
  files: [
    { path, content: body },
    { path: 'src/b.py', content: 'x = 1\n' },
  ],
}
const both = { ...one, 'src/b.py': 'x = 1\n' }
const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`
const jsonRows = [
  ...family('JSON', [
    ['{"files": [...]} in a fence', 'structured output of agents', fence('json', json(listed)), both],
    ['{path: content} in a fence', 'GPT-4 class models asked for JSON', fence('json', json(both)), both],
    [
      '[{filename, code}]',
      'structured output of agents',
      fence('json', json([{ filename: path, code: body }])),
    ],
    [
      'a call of a tool',
      'function calling as text',
      fence('json', json({ name: 'write_file', arguments: { path, content: body } })),
    ],
    ['without language', 'local models asked for JSON', fence('', json(listed)), both],
  ]),
  ...bare('JSON', [
    ['{"files": [...]} alone', 'structured output of agents', json(listed), both],
    ['{path: content} alone', 'GPT-4 class models in JSON mode', json(both), both],
    ['alone, behind thinking', 'DeepSeek-R1 and kin', `<think>\nHm.\n</think>\n\n${json(listed)}`, both],
    [
      'a call of a tool alone',
      'AutoGPT, function calling as text',
      json({ command: 'write_to_file', args: { filename: path, text: body } }),
    ],
  ]),
]

const crlf = (text: string) => text.replaceAll('\n', '\r\n')
const around = bare('around', [
  ['CRLF', 'servers on Windows', crlf(`File: \`src/app.py\`\n${fence('python')}`), { [path]: crlf(body) }],
  ['byte order mark', 'files saved on Windows', `\ufeff${fence('python:src/app.py')}`],
  ['nothing around', 'small models', fence('python:src/app.py')],
  [
    'thinking before',
    'DeepSeek-R1, Qwen3, Magistral',
    `<think>\nPerhaps \`b.py\`:\n${fence('python:b.py', 'x\n')}</think>\n${fence('python:src/app.py')}`,
  ],
  ['thinking in brackets', 'Magistral', `[THINK]Hm.[/THINK]\n${fence('python:src/app.py')}`],
  ['thinking on the same line', 'DeepSeek-R1', `<think>Hm.</think>${fence('python:src/app.py')}`],
  [
    'thinking that the server began',
    'llama-server with a reasoning template',
    `Hm.\n${fence('python:b.py', 'x\n')}</think>\n${fence('python:src/app.py')}`,
  ],
  ['Arabic around', qwen, `هذا هو الملف:\n\n\`src/app.py\`\n${fence('python')}\nانتهى.\n`],
  ['Chinese around', qwen, `下面是代码。\n\n### \`src/app.py\`\n\n${fence('python')}\n说明：完成。\n`],
  ['a name in another script', qwen, fence('python:src/文件.py'), { 'src/文件.py': body }],
  [
    'shell commands beside',
    gpt,
    `${fence('bash', 'mkdir src\n')}\n${fence('python:src/app.py')}\nRun:\n${fence('bash', 'python src/app.py\n')}`,
  ],
  [
    'a tree of files beside',
    claude,
    `${fence('', 'src/\n├── app.py\n└── b.py\n')}\n${fence('python:src/app.py')}`,
  ],
  [
    'the same twice',
    'models that repeat themselves',
    fence('python:src/app.py') + fence('python:src/app.py'),
  ],
  [
    'a correction that the text announces',
    gpt,
    `${fence('python:src/app.py', 'x\n')}\nSorry, that has a mistake. Here is the corrected version of \`src/app.py\`:\n\n${fence('python')}`,
  ],
])

const part = 'print(os.name)\n'
/** Titles and comments that say something about a file, or less than all of it: no whole file follows. */
const others = bare('no whole file', [
  ...[
    '### Tests for `src/app.py`',
    '### Tests für `src/app.py`',
    '### Pruebas para `src/app.py`',
    '### Тесты для `src/app.py`',
    '### `src/app.py` 的测试',
    '**`src/app.py`** (tests)',
    '### Bug in `src/app.py`',
    '### Call from `src/app.py`',
    'Pseudo-code for `src/app.py`:',
    '### Usage of `src/app.py`',
    '### Fehler in `src/app.py`',
    '### Excerpt: `src/app.py`',
    '### Registering the command in `src/app.py`',
    '### `src/app.py` (excerpt)',
    '**src/app.py** (old)',
    '**`src/app.py`** (Auszug)',
    '**src/app.py** (fragmento)',
    '**src/app.py**（部分）',
    '### src/app.py - changes only',
    '### `src/app.py` (lines 10-14)',
    '### src/app.py (add at the end)',
    '### Code Review: src/app.py',
    'Next, the route in `src/app.py`:',
    'Replace the contents of the function in `src/app.py`:',
    'Next, the middleware for `src/app.py`:',
    'Finally, the end of `src/app.py`:',
    'Add the file header to `src/app.py`:',
    '### New route (src/app.py)',
  ].map((line): Row => [line, 'chat models that explain', `${line}\n\n${fence('python', part)}`, {}]),
  ...['(excerpt)', '- add this line', ': only the changed lines', '(partial)'].map((note): Row => [
    `a first comment with ${note}`,
    'chat models that explain',
    fence('python', `# src/app.py ${note}\n${part}`),
    {},
  ]),
  [
    'an excerpt whose fence names it too',
    chat,
    `### src/app.py (excerpt)\n${fence('python:src/app.py')}`,
    {},
  ],
  [
    'an excerpt of another file than the title says',
    chat,
    `### src/b.py\n\n${fence('python', `# src/app.py (excerpt)\n${part}`)}`,
    {},
  ],
  ['a library as a title', chat, `### discord.py\n\n${fence('python', 'import discord\n\nx = 1\n')}`, {}],
  ['a method as a title', chat, `### express.json\n\n${fence('js', 'app.use(express.json())\n')}`, {}],
])
const wholeAll = bare('line above', [
  ...[
    '### `src/app.py` (main entry)',
    '### src/app.py (updated, complete)',
    '### `src/app.py` - makes partial backups of old lines',
    'I fixed the bug in `src/app.py`. Here is the complete file:',
    'Here is the corrected code for the bug in `src/app.py`:',
    '### Part 2: `src/app.py`',
  ].map((line): Row => [line, chat, `${line}\n\n${fence('python')}`]),
  ...[
    '### Server (src/app.py)',
    '**Python (src/app.py):**',
    '### Server: src/app.py',
    'File: src/app.py\nThe entry point.',
    '**File:** `src/app.py`\n**Purpose:** Entry point',
    '- **Path**: `src/app.py`\n- **Language**: Python',
    '**Imports and code for `src/app.py`:**',
    'Ersetze den Inhalt von `src/app.py` durch folgenden Code:',
    'Lege außerdem die Datei `src/app.py` an:',
    'Then fill in `src/app.py`:',
    "Let's start with the main application file `src/app.py`:",
    'Next, the styles in `src/app.py`:',
    'And finally a `src/app.py` to run it in a container:',
    'Then add a file src/app.py with the following content:',
    'The routes in `src/b.py` are mounted by `src/app.py`. Here is `src/app.py`:',
    '### 2.1 src/app.py',
    '**Step 2 – Create src/app.py**',
    'File 2 of 5: `src/app.py`',
    '<b>src/app.py</b>',
    '> **`src/app.py`**',
    '[`src/app.py`](./src/app.py)',
    '<details>\n<summary>File: src/app.py</summary>',
  ].map((line): Row => [line, chat, `${line}\n\n${fence('python')}`]),
  [
    'tests of a file, with their own name',
    chat,
    `### Tests for \`src/b.py\`\n\n${fence('python', `# src/app.py\n${body}`)}`,
    { [path]: `# src/app.py\n${body}` },
  ],
  [
    'escaped underscores',
    'models trained on converted Markdown',
    `**src/\\_\\_init\\_\\_.py**\n\n${fence('python')}`,
    { 'src/__init__.py': body },
  ],
  [
    'brackets and a note',
    chat,
    `### pages/[id].py (data layer)\n${fence('python')}`,
    { 'pages/[id].py': body },
  ],
  [
    'names that are words too',
    chat,
    `Contents of Makefile:\n\n${fence('makefile', 'a:\n')}\nContents of .gitignore:\n\n${fence('', '*.log\n')}`,
    { Makefile: 'a:\n', '.gitignore': '*.log\n' },
  ],
  [
    'escaped brackets',
    'models trained on converted Markdown',
    `### pages/\\[id\\].py\n\n${fence('python')}`,
    { 'pages/[id].py': body },
  ],
])
const call = JSON.stringify({ path, content: body })
const added = body.replaceAll(/^/gm, '+').replace(/\+$/, '')
const patch = `*** Begin Patch\n*** Add File: src/app.py\n${added}*** End Patch\n`
const withoutFence = [
  ...bare('JSON', [
    [
      'after a sentence',
      'small models',
      `Here you go:\n\n${JSON.stringify({ files: [{ path, content: body }] })}\n`,
    ],
    ['a map after a sentence', 'small models', `Here you go:\n\n${JSON.stringify(one)}\nThat is all.\n`],
    ['beside a block', chat, `${fence('bash', 'npm i\n')}\nNow:\n\n${JSON.stringify(one, null, 2)}\n`],
    [
      '[TOOL_CALLS] with a list',
      mistral,
      `Now:\n[TOOL_CALLS] [{"name": "write_file", "arguments": ${call}}]\n`,
    ],
    ['[TOOL_CALLS] with [ARGS]', 'Devstral Small 2507', `[TOOL_CALLS]write_file[ARGS]${call}`],
    [
      'a call in the commentary channel',
      'gpt-oss (harmony)',
      `<|channel|>commentary to=functions.write_file <|constrain|>json<|message|>${call}<|call|>`,
    ],
  ]),
  ...bare('changes', [
    ['apply_patch', 'gpt-oss, Codex', patch],
    ['apply_patch in a fence', 'gpt-oss, Codex', fence('', patch)],
    [
      'apply_patch that updates',
      'gpt-oss, Codex',
      '*** Begin Patch\n*** Update File: known.py\n@@\n a = 1\n-b = 2\n+b = 5\n*** End Patch\n',
      { 'known.py': 'a = 1\nb = 5\nc = 3\n' },
    ],
  ]),
  ...bare('around', [
    ['===FILE: path===', 'prompts that ask for marks', `===FILE: src/app.py===\n${body}===END_FILE===\n`],
    ['a quoted path behind tildes', 'crowler', fence('"src/app.py"', body, '~~~')],
    [
      '"the code above"',
      'Phi',
      `A script:\n\n${fence('python')}\nSave the code above as \`src/app.py\` and run it.\n`,
    ],
    [
      'a wrong version and a right one',
      chat,
      `❌ \`src/app.py\`\n\n${fence('python', part)}\n✅ \`src/app.py\`\n\n${fence('python')}`,
    ],
    [
      'a German correction',
      chat,
      `**src/app.py**\n${fence('python', part)}\nHier die aktualisierte Datei:\n\n**src/app.py**\n${fence('python')}`,
    ],
  ]),
]
const thought = `**b.py**\n${fence('python', 'x\n')}`
const thinking = bare('around', [
  ...[
    ['<seed:think>', '</seed:think>', 'Seed-OSS'],
    ['<details type="reasoning" done="true">', '</details>', 'Open WebUI'],
    ['◁think▷', '◁/think▷', 'Kimi'],
  ].map(([open, close, source]): Row => [
    `thinking in ${open}`,
    source!,
    `${open}\n${thought}${close}\n\n**src/app.py**\n${fence('python')}`,
  ]),
  [
    'thinking in a channel',
    'gpt-oss (harmony)',
    `<|channel|>analysis<|message|>Hm.\n\n${thought}<|end|><|start|>assistant<|channel|>final<|message|>**src/app.py**\n\n${fence('python')}`,
  ],
])

/** Every convention that Paddock knows. */
export const conventions: readonly Convention[] = [
  ...fenceLine,
  ...lineAbove,
  ...insideRows,
  ...fenceRows,
  ...tagged,
  ...changed,
  ...jsonRows,
  ...around,
  ...others,
  ...wholeAll,
  ...withoutFence,
  ...thinking,
]
