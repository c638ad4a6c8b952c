import { body, path, one, fence, family, bare, chat, mistral, type Convention } from './convention.fixture.ts'

const listed = {
  files: [
    { path, content: body },
    { path: 'src/b.py', content: 'x = 1\n' },
  ],
}
const both = { ...one, 'src/b.py': 'x = 1\n' }
const asText = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`
const call = JSON.stringify({ path, content: body })

/** Files and calls of tools as JSON. */
export const json: readonly Convention[] = [
  ...family('JSON', [
    ['{"files": [...]} in a fence', 'structured output of agents', fence('json', asText(listed)), both],
    ['{path: content} in a fence', 'GPT-4 class models asked for JSON', fence('json', asText(both)), both],
    [
      '[{filename, code}]',
      'structured output of agents',
      fence('json', asText([{ filename: path, code: body }])),
    ],
    [
      'a call of a tool',
      'function calling as text',
      fence('json', asText({ name: 'write_file', arguments: { path, content: body } })),
    ],
    ['without language', 'local models asked for JSON', fence('', asText(listed)), both],
  ]),
  ...bare('JSON', [
    ['{"files": [...]} alone', 'structured output of agents', asText(listed), both],
    ['{path: content} alone', 'GPT-4 class models in JSON mode', asText(both), both],
    ['alone, behind thinking', 'DeepSeek-R1 and kin', `<think>\nHm.\n</think>\n\n${asText(listed)}`, both],
    [
      'a call of a tool alone',
      'AutoGPT, function calling as text',
      asText({ command: 'write_to_file', args: { filename: path, text: body } }),
    ],
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
]
