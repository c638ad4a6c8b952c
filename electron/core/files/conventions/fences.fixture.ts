import {
  body,
  path,
  one,
  fence,
  family,
  chat,
  gpt,
  claude,
  qwen,
  llama,
  type Convention,
} from './convention.fixture.ts'

const page = '# App\n\nRun it:\n\n```bash\nnpm start\n```\n\nMore.\n'
const indented = body.replaceAll(/^(?=.)/gm, '    ')
const markdown = { 'README.md': page }

/** Fences inside fences, indented, longer or shorter than usual. */
export const fences: readonly Convention[] = family('fences', [
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
