import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRedactor } from './redactor.ts'

const redact = createRedactor()

describe('secrets that are known', () => {
  const secret = 'correct/horse "battery"+staple\\'
  const own = createRedactor([secret, 'second-secret', 'short', 'not-needed', ''])

  test.each([
    ['as they are', secret],
    ['in JSON', JSON.stringify(secret).slice(1, -1)],
    ['in an address', encodeURIComponent(secret)],
    ['in base64', Buffer.from(secret).toString('base64')],
    ['in base64 for addresses', Buffer.from(secret).toString('base64url')],
    ['another one', 'second-secret'],
  ])('go %s (S107)', (_, spelling) => {
    expect(own(`a ${spelling} b${spelling}c`)).toBe('a [redacted] b[redacted]c')
  })

  test('are none when they are too short or stand for no key', () => {
    expect(own('short and not-needed')).toBe('short and not-needed')
  })

  test('go from any text, wherever they stand', () => {
    const text = fc.string({ unit: 'binary' })
    fc.assert(
      fc.property(text, text, fc.string({ minLength: 6, unit: 'binary' }), (before, after, secret) => {
        fc.pre(!'[redacted]'.includes(secret) && secret !== 'not-needed')
        expect(createRedactor([secret])(`${before} ${secret} ${after}`)).not.toContain(` ${secret} `)
      }),
    )
  })
})

const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U'
const pem = '-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7\nabc+/=\n-----END RSA PRIVATE KEY-----'

describe('what looks like a secret goes (S107)', () => {
  test.each([
    ['Authorization: Bearer abcdef123456', 'Authorization: Bearer [redacted]'],
    ['authorization: bearer correct-Horse', 'authorization: bearer [redacted]'],
    ['Basic dXNlcjpwYXNzd29yZA==', 'Basic [redacted]'],
    ['key sk-proj-Ab12Cd34Ef56Gh78Ij90, then', 'key [redacted], then'],
    ['ghp_0123456789abcdefghijklmnopqrstuvwxyz', '[redacted]'],
    ['github_pat_11ABCDEFG0123456789_abcdefghij', '[redacted]'],
    ['AKIAIOSFODNN7EXAMPLE.', '[redacted].'],
    ['xoxb-123456789012-abcdefABCDEF', '[redacted]'],
    ['glpat-ABCdef123456ghi789jk', '[redacted]'],
    ['hf_abcdefghijklmnopqrst1234', '[redacted]'],
    [`token ${jwt} end`, 'token [redacted] end'],
    [`before\n${pem}\nafter`, 'before\n[redacted]\nafter'],
    [JSON.stringify({ key: pem, next: 1 }), '{"key":"[redacted]","next":1}'],
    ['-----BEGIN PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7\n(cut)', '[redacted](cut)'],
    [`${pem}\n${pem}`, '[redacted]\n[redacted]'],
    [`${pem.slice(0, 55)}\n${pem}`, '[redacted][redacted]'],
    [
      '-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0A1B\n\nMIIE\n-----END RSA PRIVATE KEY-----',
      '[redacted]',
    ],
    ['http://user:hunter2@127.0.0.1:8080/v1', 'http://[redacted]@127.0.0.1:8080/v1'],
    ['postgres://me:p@ss:w0rd@db/x', 'postgres://[redacted]@db/x'],
    ['https://x0123456789abcdefghij@github.com/a', 'https://[redacted]@github.com/a'],
    ['http://127.0.0.1/v1?api_key=abc123def&x=1', 'http://127.0.0.1/v1?api_key=[redacted]&x=1'],
    ['DB_PASSWORD=hunter22 next', 'DB_PASSWORD=[redacted] next'],
    ['password: correct1horse2', 'password: [redacted]'],
    ['"client_secret": "correcthorse"', '"client_secret": "[redacted]"'],
    [JSON.stringify('"api_key": "correcthorse"'), String.raw`"\"api_key\": \"[redacted]\""`],
    ["const apiKey = 'correcthorse'", "const apiKey = '[redacted]'"],
    ['x-api-key: 0a1b2c3d4e5f', 'x-api-key: [redacted]'],
  ])('%j', (text, expected) => {
    expect(redact(text)).toBe(expected)
    expect(redact(redact(text))).toBe(expected)
  })
})

describe('ordinary words and code stay', () => {
  test.each([
    'Bearer authentication and Basic Authentication need a Bearer token or basic auth.',
    'password = getpass()',
    'def login(user: str, password: str, token: Optional[str] = None) -> None:',
    'self.password = password; this.token = request.token',
    "const apiKey = process.env['OPENAI_API_KEY']",
    'api_key=os.environ["API_KEY"], secret=settings.secret1.value',
    'token: Token; secret: boolean; passwordField: HTMLInputElement',
    '<input type="password" name="password" placeholder="Your password">',
    'password: "${DB_PASSWORD}"',
    'TOKEN=$GITHUB_TOKEN PASSWORD=<password> API_KEY={{ api_key }}',
    'prompt_tokens=8192 max_tokens: 16384',
    'if (password === other.password) throw new Error("password")',
    'git clone ssh://git@github.com/a/b && curl http://127.0.0.1:8080/v1/models',
    'mail a:b@example.com, https://example.com/@scope/name@1.2.3',
    'task-sk-ip risk-assessment-of-the-year mask-image sk-learn-compatible-estimator',
    'eyJ is how base64 of {" begins',
    'API_KEY = "OPENAI_API_KEY"',
    'const begin = "-----BEGIN PRIVATE KEY-----"; const end = "-----END PRIVATE KEY-----"',
    "LLAMA_API_KEY: 'openai_api_key', token: CachedX509Token",
    'a proxy in the form scheme://[user:password@]proxy:port, or `redis://${user}:${password}@host`',
  ])('%s', (text) => expect(redact(text)).toBe(text))

  test('in whole programs: fewer than 1 of 10,000 lines is changed', () => {
    let changed = 0
    let lines = 0
    for (const name of ['commander', 'openai', 'vite', 'yaml']) {
      const folder = join(import.meta.dirname, '../../../node_modules', name)
      for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || !/\.(?:[cm]?js|ts)$/.test(entry.name)) continue
        const text = readFileSync(join(entry.parentPath, entry.name), 'utf8')
        const after = redact(text).split('\n')
        const before = text.split('\n')
        lines += before.length
        changed += before.filter((line, index) => line !== after[index]).length
      }
    }
    expect(lines).toBeGreaterThan(100_000)
    expect(changed).toBeLessThan(lines / 10_000)
  })
})

describe('the time is linear: with a square of it no test would end', () => {
  test.each([
    'a',
    '-----BEGIN PRIVATE KEY-----',
    '-----BEGIN PRIVATE KEY-----A',
    'eyJ',
    'eyJ-',
    'eyJaaaaaaaaa.',
    'sk-',
    '://',
    '://a:',
    'Bearer ',
    'Bearer a',
    'password',
    'password=',
    'password:',
    'password="',
    'token: a',
    'aaaaaa=',
    'xoxb-',
    '\\n',
  ])('of many times %j', (part) => {
    const text = part.repeat(4_000_000 / part.length)
    expect(redact(`${text} ghp_0123456789abcdefghijklmnopqrstuvwxyz`)).toMatch(/\[redacted\]$/)
  })
})

test('a text that is too long to be searched is left out', () => {
  expect(redact(`password=${'a1'.repeat(20_000_000)}`)).toBe('[redacted]')
  expect(redact('a '.repeat(10_000_000))).toHaveLength(20_000_000)
})
