import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Settings } from '../../../shared/settings.ts'
import { createConfigHome, put, type ConfigHome } from './config-home.fixture.ts'

let home: ConfigHome
beforeEach(() => {
  home = createConfigHome()
})
afterEach(() => home.stop())

const bomb = Array.from(
  { length: 12 },
  (_, i) => `a${i}: &a${i} [${Array.from({ length: 9 }, () => (i === 0 ? 'x' : `*a${i - 1}`)).join(', ')}]`,
).join('\n')
const utf16 = Buffer.from('\ufeffllm_timeout: 5\n', 'utf16le')

describe('C1: files that cannot be used; each problem has its place', () => {
  test.each<[what: string, content: string | Uint8Array, place: string, message: RegExp]>([
    ['not YAML: a bracket is left open', 'include: [a, b\n', '2:1', /not YAML|bracket|\]/],
    ['not YAML: a quote is left open', 'openai_api_model: "devstral\n', '2:1', /quote/],
    ['not YAML: a second colon', 'llm_timeout: a: b\n', '1:14', /second ": "/],
    ['not YAML: a text begins with @', 'openai_api_model: @devstral\n', '1:19', /quotes/],
    ['tabs as indentation', 'agents:\n\tdeveloper:\n', '2:1', /tab/i],
    ['a key twice', 'llm_timeout: 1\ncode_share: 0\nllm_timeout: 2\n', '3:1', /"llm_timeout" is there twice/],
    ['a nested key twice', 'llama_server:\n  slots: 1\n  slots: 2\n', '3:3', /"slots" is there twice/],
    ['two documents', 'llm_timeout: 1\n---\nllm_timeout: 2\n', '2:1', /second document/],
    ['a bomb of aliases', bomb, '2:10', /\*a0 stands for a value elsewhere/],
    ['a harmless alias', 'include: &a [x]\nallowed_hosts: *a\n', '2:16', /\*a stands for a value elsewhere/],
    ['an alias of nothing', 'llm_timeout: *none\n', '1:14', /\*none/],
    ['a merge key', 'x: &x {}\n<<: *x\n', '2:5', /stands for a value elsewhere/],
    ['a tag that makes an object', 'llm_timeout: !!js/function "x"\n', '1:\\d+', /tag/],
    ['a tag of Python', 'openai_api_model: !!python/object/apply:os.system [id]\n', '1:\\d+', /tag/],
    ['a tag that is known', 'openai_api_model: !!binary aGVsbG8=\n', '1:\\d+', /tag/],
    ['lists within lists, 100,000 deep', `include: ${'['.repeat(100_000)}`, '1:\\d+', /deep/],
    ['dashes, 100,000 deep', `include:\n  ${'- '.repeat(100_000)}`, '2:\\d+', /deep/],
    ['mappings, 40,000 deep', '{a: '.repeat(40_000), '1:\\d+', /deep/],
    ['a list at the top', '- llm_timeout: 1\n', '1:1', /At the top: found a list of 1, expected settings/],
    ['a text at the top', 'just words\n', '1:1', /At the top: found "just words"/],
    ['a number at the top', '42', '1:1', /At the top: found 42/],
    ['a NUL in it', 'llm_timeout: 5\0\n', '', /no text in UTF-8/],
    ['an escape character in it', 'openai_api_model: "\u001b[2J"\n', '1:20', /control character/],
    ['an escape written as one', 'openai_api_model: "\\e[2J"\n', '1:19', /found ".\[2J", expected the name/],
    ['text that turns around', 'workspace: "a\u202eb"\n', '1:12', /found "a.b", expected a path/],
    ['binary', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2]), '', /no text in UTF-8/],
    ['Latin-1', Buffer.from('workspace: Gr\xfc\xdfe\n', 'latin1'), '', /no text in UTF-8/],
    ['UTF-16', utf16, '', /no text in UTF-8/],
    ['257 KB', `# ${'x'.repeat(257 * 1024)}\n`, '', /more than 256 KB/],
    ['an unknown key', 'llm_timout: 5\n', '1:1', /"llm_timout" is no setting: did you mean llm_timeout\?/],
    ['another case', 'LLM_Timeout: 5\n', '1:1', /did you mean llm_timeout\?/],
    [
      'a key of a section at the top',
      'languages: [go]\n',
      '1:1',
      /did you mean agents\.developer\.languages\?/,
    ],
    ['a key without its prefix', 'max_tokens: 100\n', '1:1', /did you mean openai_max_tokens\?/],
    [
      'an unknown section',
      'agents:\n  tester: {}\n',
      '2:3',
      /"agents\.tester" is no setting: under agents there are/,
    ],
    [
      'the level that the specification has too many',
      'agents:\n  developer:\n    config:\n      languages: [go]\n',
      '3:5',
      /write what is below it directly under agents\.developer/,
    ],
    ['a key of 1000 letters', `${'k'.repeat(1000)}: 1\n`, '1:1', /: "k{60}…" is no setting/],
    ['a key that is a list', '? [a, b]\n: 1\n', '1:3', /A list or a mapping stands where a name/],
    ['a key that is a number', '5: 1\n', '1:1', /"5" is no setting/],
    ['__proto__', '__proto__: { llm_timeout: 5 }\n', '1:1', /"__proto__" is no setting/],
    [
      '__proto__ of a section',
      'agents:\n  __proto__: { x: 1 }\n',
      '2:3',
      /"agents\.__proto__" is no setting/,
    ],
    ['constructor', 'constructor: { prototype: { x: 1 } }\n', '1:1', /"constructor" is no setting/],
    [
      'a word for a number',
      'llm_timeout: soon\n',
      '1:14',
      /llm_timeout: found "soon", expected a number above 0/,
    ],
    ['a number in quotes', 'llm_timeout: "5"\n', '1:14', /llm_timeout: found "5", expected a number/],
    ['infinity', 'llm_timeout: .inf\n', '1:14', /found Infinity/],
    ['no number', 'code_share: .nan\n', '1:13', /found NaN/],
    ['a fraction for a whole number', 'task_retry_attempts: 2.5\n', '1:22', /a whole number from 1 to 20/],
    ['a number that is too large', 'openai_max_tokens: 1e308\n', '1:20', /from 16 to 1048576/],
    [
      'yes for true',
      'agents: { developer: { enabled: yes } }\n',
      '1:33',
      /found "yes", expected true or false/,
    ],
    ['nothing for a value', 'openai_api_model:\n', '1:\\d+', /found nothing, expected the name of a model/],
    ['a value for a section', 'llama_server: llama\n', '1:15', /settings below it, such as "binary: \.\.\."/],
    ['a section for a value', 'llm_timeout: { seconds: 5 }\n', '1:14', /found settings below it/],
    [
      'a word for a list',
      'allowed_hosts: gpu\n',
      '1:16',
      /found "gpu", expected a list, such as \[a, b\], of at most 50/,
    ],
    ['an address for a host', 'allowed_hosts:\n  - ok\n  - http://x\n', '3:5', /a host such as gpu\.example/],
    ['a context that is too small', 'llama_server: { ctx_size: 100 }\n', '1:27', /from 512 to/],
    [
      'a list that is too long',
      `include: [${'a, '.repeat(5000)}]\n`,
      '1:10',
      /found a list of 5000, expected a list, such as \[a, b\], of at most 100/,
    ],
    ['a glob that leads out', 'include: ["../../**"]\n', '1:11', /a glob inside the workspace/],
    [
      'a password in the address',
      'openai_api_base: http://me:sesame@localhost/v1\n',
      '1:18',
      /^[^]{0,400}without user and password/,
    ],
    [
      'a key that is no text',
      'openai_api_key: [sesame]\n',
      '1:17',
      /openai_api_key: found something that is not repeated/,
    ],
  ])('%s', (_, content, place, message) => {
    put(home.userFile, content)
    const error = home.refusal()
    expect(error).toMatchObject({ code: 'invalid', hint: expect.any(String) })
    expect(error.message).toMatch(new RegExp(`config\\.yaml:${place === '' ? '' : `${place}:`} `))
    expect(error.message).toMatch(message)
    expect(error.message).not.toMatch(/sesame|[[\p{Cc}\p{Bidi_Control}]--\n]/v)
    expect(error.message.length).toBeLessThan(4000)
    expect(({} as Record<string, unknown>)['llm_timeout']).toBeUndefined()
  })

  test.each<[string, (path: string) => void]>([
    ['a folder', (path) => mkdirSync(path)],
    ['a pipe', (path) => execFileSync('mkfifo', [path])],
    ['a link to a device', (path) => symlinkSync('/dev/zero', path)],
  ])('%s where a file is expected', (_, make) => {
    make(home.userFile)
    expect(home.refusal().message).toMatch(/config\.yaml: There is a \w+ where a file is expected/)
  })

  test('all problems of all layers are told at once, at most 20', () => {
    put(home.userFile, Array.from({ length: 15 }, (_, i) => `unheard_of_${i}: 1`).join('\n'))
    put(home.workspaceFile, 'openai_api_base: http://evil.example/v1\nlog_file: /etc/passwd\n')
    put(home.envFile, 'LLM_TIMEOUT=soon')
    const source = { env: { OPENAI_MAX_TOKENS: '1' }, runtime: { code_share: 7, task_retry_attempts: 0 } }
    const lines = home.refusal(source).message.split('\n')
    expect(lines).toHaveLength(1 + 20 + 1)
    expect(lines[16]).toContain(`${home.workspaceFile}:1:1: openai_api_base cannot be set by a workspace`)
    expect(lines[18]).toContain(`${home.envFile}:1: LLM_TIMEOUT: found "soon"`)
    expect(lines[19]).toContain('The variable OPENAI_MAX_TOKENS: found "1", expected a whole number from 16')
    expect(lines[20]).toContain('code_share: found 7')
    expect(lines[21]).toBe('  and more.')
  })

  test('of 20,000 unknown keys the first are told', () => {
    const text = Array.from({ length: 20_000 }, (_, i) => `k${i}: 1`).join('\n')
    put(home.userFile, text)
    expect(home.refusal().message).toContain('and more.')
  })
})

describe('C1: files that can be used, whatever they look like', () => {
  const five = { ...Settings.parse({}), llm_timeout: 5 }
  test.each<[string, string | Uint8Array, Settings]>([
    ['an empty file', '', Settings.parse({})],
    ['comments only', '# nothing\n\n# yet\n', Settings.parse({})],
    ['the mark of a document only', '---\n...\n', Settings.parse({})],
    ['sections with nothing in them', 'agents:\n  developer:\nllama_server: {}\n', Settings.parse({})],
    ['a byte order mark', '\ufeffllm_timeout: 5\n', five],
    ['CRLF', '# first\r\nllm_timeout: 5\r\n\r\n', five],
    ['CR', '# first\rllm_timeout: 5\r', five],
    ['no newline at the end', 'llm_timeout: 5', five],
    ['JSON', '{ "llm_timeout": 5 }', five],
    ['a leading zero, which YAML reads as decimal', 'llm_timeout: 05', five],
    ['null where nothing is a choice', 'llm_timeout: 5\nlog_file: null\nbackup_directory: ~\n', five],
    ['quoted keys', '"llm_timeout": 5\n', five],
  ])('%s', (_, content, settings) => {
    put(home.userFile, content)
    expect(home.load().settings).toEqual(settings)
  })
})

describe('C1: quoting in .env', () => {
  test.each<[line: string, model: string | null]>([
    ['OPENAI_API_MODEL=qwen', 'qwen'],
    ['OPENAI_API_MODEL="a b"', 'a b'],
    ["OPENAI_API_MODEL='a # b'", 'a # b'],
    ['OPENAI_API_MODEL=`a "b"`', 'a "b"'],
    ['OPENAI_API_MODEL=qwen # the small one', 'qwen'],
    ['OPENAI_API_MODEL="qwen" # the small one', 'qwen'],
    ['export OPENAI_API_MODEL=qwen', 'qwen'],
    ['  OPENAI_API_MODEL = qwen  ', 'qwen'],
    ['OPENAI_API_MODEL=', 'devstral'],
    ['OPENAI_API_MODEL=""', 'devstral'],
    ['OPENAI_API_MODEL=" "', 'devstral'],
    ['OPENAI_API_MODEL=a=b', 'a=b'],
    ['OPENAI_API_MODEL=$HOME', '$HOME'],
    ['# OPENAI_API_MODEL=qwen', 'devstral'],
    ['\ufeffOPENAI_API_MODEL=qwen', 'qwen'],
    ['OPENAI_API_MODEL=qwen\r', 'qwen'],
    ['__proto__=1\nOPENAI_API_MODEL=qwen', 'qwen'],
    ['OPENAI_API_MODEL="qwen', null],
    ["OPENAI_API_MODEL='qwen", null],
    ['OPENAI_API_MODEL="a"b', null],
    ['OPENAI_API_MODEL="a\nb"', null],
    ['OPENAI_API_MODEL="a\\nb"', null],
    ['OPENAI_API_MODEL=a#b', null],
    ['OPENAI_API_MODEL: qwen', null],
    ['OPENAI_API_MODEL qwen', null],
    ['OTHER="a\nOPENAI_API_MODEL=qwen\nMORE="', null],
  ])('%j: %j', (line, model) => {
    put(home.envFile, line)
    if (model !== null) return expect(home.load().settings.openai_api_model).toBe(model)
    expect(home.refusal().message).toMatch(/\.env:[12]: OPENAI_API_MODEL/)
  })

  test.each<[string, string | Uint8Array, RegExp]>([
    ['binary', Buffer.from([0xff, 0xfe, 0, 1]), /no text in UTF-8/],
    ['a NUL', 'LLM_TIMEOUT=5\0', /no text in UTF-8/],
    ['257 KB', `#${'x'.repeat(257 * 1024)}`, /more than 256 KB/],
  ])('%s', (_, content, message) => {
    put(home.envFile, content)
    expect(home.refusal().message).toMatch(message)
  })

  test('a key that cannot be used is not repeated', () => {
    put(home.envFile, 'OPENAI_API_KEY="ses ame"\nLLM_TIMEOUT=0')
    expect(home.refusal().message).toMatch(/:1: OPENAI_API_KEY: found something that is not repeated here/)
    expect(home.refusal().message).not.toContain('ame"')
  })
})

describe('C1: numbers and switches in variables are taken only as people write them', () => {
  const number = (text: string) => home.load({ env: { LLM_TIMEOUT: text } }).settings.llm_timeout
  test.each([
    ['5', 5],
    [' 5 ', 5],
    ['0.5', 0.5],
    ['300.0', 300],
    ['', 300],
    ['  ', 300],
  ])('%j is %d', (text, value) => expect(number(text)).toBe(value))

  test.each([
    '012',
    '00',
    '1e3',
    '0x10',
    '0b1',
    '1_000',
    '1,5',
    '+5',
    '.5',
    '5.',
    '5s',
    'NaN',
    'Infinity',
    'null',
    '٣',
    '0',
    '-1',
    '-5',
  ])('%j is refused (S106)', (text) => {
    const { message } = home.refusal({ env: { LLM_TIMEOUT: text } })
    expect(message).toContain(
      `The variable LLM_TIMEOUT: found ${JSON.stringify(text)}, expected a number above 0`,
    )
  })

  const name = 'PADDOCK_AGENTS_DEVELOPER_ENABLED'
  test.each([
    ['true', true],
    ['False', false],
    [' FALSE ', false],
    ['', true],
  ])('%j is %j', (text, value) =>
    expect(home.load({ env: { [name]: text } }).settings.agents.developer.enabled).toBe(value),
  )
  test.each(['yes', 'no', '1', '0', 'on', 'null', 'tru'])('%j is no switch', (text) => {
    expect(home.refusal({ env: { [name]: text } }).message).toContain('expected true or false')
  })
})
