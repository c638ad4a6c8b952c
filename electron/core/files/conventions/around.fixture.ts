import {
  body,
  part,
  path,
  fence,
  bare,
  chat,
  gpt,
  claude,
  qwen,
  type Convention,
  type Row,
} from './convention.fixture.ts'

const crlf = (text: string) => text.replaceAll('\n', '\r\n')
const thought = `**b.py**\n${fence('python', 'x\n')}`

/** Thinking, talk, other scripts and other files around the ones that count. */
export const around: readonly Convention[] = bare('around', [
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
