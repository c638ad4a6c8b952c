import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { skipBecause, skips } from '../../../e2e/fixtures/skip.ts'
import { Settings, type SomeSettings } from '../../../shared/settings.ts'
import { checkEndpoint } from '../llm/endpoint.ts'
import { ModelError } from '../llm/model-error.ts'
import { serverArguments, startCommand } from './profile.ts'
import { startHint, withStartHint } from './start-hint.ts'

const profile = (given: SomeSettings['llama_server'] = {}) =>
  Settings.parse({ llama_server: given }).llama_server
const endpoint = checkEndpoint(Settings.parse({}).openai_api_base)
const hf = 'unsloth/Devstral-Small-2-24B-Instruct-2512-GGUF:UD-Q4_K_XL'

describe('the arguments of the server (S55)', () => {
  test("are the specification's, with the number of slots", () => {
    expect(serverArguments(profile(), endpoint).join(' ')).toBe(
      `-hf ${hf} -ngl 99 --ctx-size 16384 --parallel 1 --host 127.0.0.1 --port 8080`,
    )
  })

  test('give each slot the whole context', () => {
    const args = serverArguments(profile({ slots: 4, ctx_size: 8192 }), endpoint).join(' ')
    expect(args).toContain('--ctx-size 32768 --parallel 4')
  })

  test('name a file where there is one, and end with those of the person', () => {
    const given = { model: '/models/my model.gguf', gpu_layers: 0, extra_args: ['-t', '4'] }
    expect(serverArguments(profile(given), endpoint)).toEqual([
      ...['-m', '/models/my model.gguf', '-ngl', '0', '--ctx-size', '16384', '--parallel', '1'],
      ...['--host', '127.0.0.1', '--port', '8080', '-t', '4'],
    ])
  })

  test.each([
    ['http://localhost:9000/v1', '--host localhost --port 9000'],
    ['http://[::1]:9000/v1', '--host ::1 --port 9000'],
    ['http://127.0.0.1/v1', '--host 127.0.0.1 --port 80'],
    ['http://127.0.0.1:9000', '--host 127.0.0.1 --port 9000'],
    ['http://127.0.0.1:9000/llama/v1', '--host 127.0.0.1 --port 9000 --api-prefix /llama'],
  ])('make it listen at %s', (address, expected) => {
    const args = serverArguments(profile(), checkEndpoint(address)).join(' ')
    expect(args.slice(args.indexOf('--host'))).toBe(expected)
  })
})

describe('the command to paste (S86)', () => {
  const hostile = {
    binary: '/opt/my tools/llama-server',
    model: `/models/it's "$HOME" \`x\`\\.gguf`,
    extra_args: ['', '*', '--chat-template', '{{ a }}; rm -rf'],
  }

  test.skipIf(
    skips(process.platform === 'win32', 'what a POSIX shell makes of the command, as this is Windows'),
  )('means the same to a shell, whatever is in it', () => {
    const command = startCommand(profile({ ...hostile, extra_args: hostile.extra_args.slice(1) }), endpoint)
    const script = `for word in ${command}; do printf '%s\\n' "$word"; done`
    const { stdout } = spawnSync('sh', ['-c', script], { encoding: 'utf8' })
    const expected = profile({ ...hostile, extra_args: hostile.extra_args.slice(1) })
    expect(stdout.split('\n').slice(0, -1)).toEqual([hostile.binary, ...serverArguments(expected, endpoint)])
  })

  test('is quoted as Windows has it', () => {
    const given = { binary: 'C:\\llama\\llama-server.exe', model: 'C:\\my models\\x.gguf' }
    expect(startCommand(profile(given), endpoint, 'win32')).toMatch(
      /^C:\\llama\\llama-server\.exe -m "C:\\my models\\x\.gguf" -ngl 99 /,
    )
  })

  test('has no key in it', () => {
    const given = { ...profile(), extra_args: ['--api-key', 'canary-1', '--api-key=canary-2', '--metrics'] }
    expect(startCommand(given, endpoint)).toMatch(/--port 8080 --metrics$/)
  })
})

describe('the hint where no server answers (S86, S89)', () => {
  const refused = new ModelError('refused', 'No server answers at http://127.0.0.1:9000/v1.', {
    hint: 'old',
    cause: 1,
  })
  const settings = Settings.parse({ openai_api_base: 'http://127.0.0.1:9000/v1' })

  test('is the whole command, and how Paddock could do it', () => {
    expect(withStartHint(refused, settings)).toMatchObject({
      kind: 'refused',
      transient: true,
      message: refused.message,
      hint: `If it listens elsewhere, set OPENAI_API_BASE. Paddock starts it itself where llama_server.model names a .gguf file. Start it:\nllama-server -hf ${hf} -ngl 99 --ctx-size 16384 --parallel 1 --host 127.0.0.1 --port 9000`,
      cause: 1,
    })
  })

  test('is short where Paddock starts the server itself, or it is elsewhere', () => {
    const own = Settings.parse({ llama_server: { model: '/m.gguf' } })
    expect(startHint(own)).toMatch(/Start it:\nllama-server -m \/m\.gguf .* --port 8080$/)
    const remote = { openai_api_base: 'http://gpu.example/v1', allowed_hosts: ['gpu.example'] }
    expect(startHint(Settings.parse(remote))).toMatch(/^Start the server there/)
  })

  test('other errors stay as they are', () => {
    const other = new ModelError('dropped', 'x', { hint: 'y' })
    expect(withStartHint(other, settings)).toBe(other)
    expect(withStartHint('thrown', settings)).toBe('thrown')
  })
})

describe('the service of systemd (S118)', () => {
  const file = join(import.meta.dirname, '../../../resources/examples/llama-server.service')
  const text = readFileSync(file, 'utf8')
  /** Section and name to value; a name that stands twice has its values in a row. */
  const unit = new Map<string, string>()
  let section = ''
  for (const line of text.split('\n')) {
    if (line.startsWith('#') || line.trim() === '') continue
    const [, heading] = /^\[(\w+)\]$/.exec(line) ?? []
    const [, name, value] = /^(\w+)=(.*)$/.exec(line) ?? []
    if (heading) section = heading
    else
      unit.set(
        `${section}.${name}`,
        [unit.get(`${section}.${name}`), value].filter((one) => one !== undefined).join(' '),
      )
  }

  test('starts the server as the settings do', () => {
    const [program, ...args] = unit.get('Service.ExecStart')!.split(' ')
    expect(program).toBe('/usr/bin/llama-server')
    expect(args).toEqual(serverArguments(profile(), endpoint))
  })

  test('starts it again when it fails, and gives up in the end', () => {
    expect(unit.get('Service.Restart')).toBe('on-failure')
    expect(Number(unit.get('Service.RestartSec')) * Number(unit.get('Unit.StartLimitBurst'))).toBeLessThan(
      Number(unit.get('Unit.StartLimitIntervalSec')),
    )
    expect(unit.get('Install.WantedBy')).toBe('multi-user.target')
  })

  test('takes from it what it does not need, and no key is in it', () => {
    const strict = {
      NoNewPrivileges: 'yes',
      ProtectSystem: 'strict',
      ProtectHome: 'yes',
      PrivateTmp: 'yes',
      CapabilityBoundingSet: '',
      DynamicUser: 'yes',
    }
    for (const [name, value] of Object.entries(strict)) expect(unit.get(`Service.${name}`)).toBe(value)
    expect([...unit.values()].join(' ')).not.toMatch(/KEY/)
  })

  test('is one that systemd understands', (context) => {
    if (spawnSync('systemd-analyze', ['--version']).status !== 0)
      skipBecause(context, 'there is no systemd-analyze here')
    const folder = mkdtempSync(join(tmpdir(), 'paddock-unit-'))
    try {
      // Only that the program is not installed here would be said of the file as it is.
      writeFileSync(join(folder, 'llama-server.service'), text.replace('/usr/bin/llama-server', '/bin/true'))
      const path = join(folder, 'llama-server.service')
      const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', path], {
        encoding: 'utf8',
      })
      expect({ status, stderr: stderr.split('\n').filter((line) => line.includes('llama-server')) }).toEqual({
        status: 0,
        stderr: [],
      })
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
