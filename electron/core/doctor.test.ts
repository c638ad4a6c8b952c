import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, parse } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { Check } from '../../shared/reports.ts'
import type { SomeSettings } from '../../shared/settings.ts'
import { examine } from './doctor.ts'
import { checkMemory, checkNode, judgeDisk } from './doctor/machine.ts'
import { judgeWindow } from './doctor/model-server.ts'
import { startScriptedEndpoint } from './rehearsal/scripted-endpoint.ts'

const folder = mkdtempSync(join(tmpdir(), 'paddock-doctor-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const answer = () => ({ text: 'Hello' })
const gigabyte = 2 ** 30

/** Looks at a machine whose settings are these and no others, and finds checks by their name. */
async function look(
  runtime: SomeSettings = {},
  {
    dataFolder = join(folder, 'data'),
    workspace = folder,
    env = {} as Record<string, string>,
    file = '',
  } = {},
) {
  const source = { env: { PADDOCK_CONFIG_DIR: folder, ...env }, runtime, ...(file ? { file } : {}) }
  const checks = Check.array().parse(await examine({ source, dataFolder }, workspace, 1))
  for (const { state, hint, name } of checks)
    expect([name, state !== 'ok']).toEqual([name, hint !== undefined])
  return (name: string) => checks.find((check) => check.name === name)
}

const closedPort = 'http://127.0.0.1:9/v1'

describe('the model server (S89)', () => {
  test('that runs is named, with its slots and what each holds', async () => {
    const server = await startScriptedEndpoint({ answer, model: 'devstral', slots: 2, window: 16_384 })
    const check = await look({ openai_api_base: server.url })
    await server.stop()
    expect(check('Model server')).toMatchObject({
      state: 'ok',
      message: `${server.url} has devstral, 2 slots`,
    })
    expect(check('Tokens a slot')).toMatchObject({ state: 'ok', message: '16,384' })
  })

  test('that has small slots comes with the arithmetic', async () => {
    const server = await startScriptedEndpoint({ answer, slots: 4, window: 4096 })
    const check = await look({ openai_api_base: server.url })
    await server.stop()
    expect(check('Tokens a slot')).toEqual({
      name: 'Tokens a slot',
      state: 'warning',
      message: '4,096 (--ctx-size 16384 / --parallel 4 = 4096): most documents and files do not fit.',
      hint: 'Start the server with --ctx-size 16384 --parallel 1, or with --ctx-size 65536 --parallel 4.',
    })
  })

  test.each([
    [{ slots: 1, window: 4096 }, '(--ctx-size 4096)', 'Start the server with --ctx-size 16384 --parallel 1.'],
    [
      { slots: 2, window: 2048 },
      '/ --parallel 2 = 2048)',
      'Start the server with --ctx-size 32768 --parallel 2.',
    ],
    [{ slots: 1, window: null }, 'does not say', 'Use llama-server'],
  ])('of %j', (status, message, hint) => {
    expect(judgeWindow(status)).toMatchObject({
      state: 'warning',
      message: expect.stringContaining(message),
      hint: expect.stringContaining(hint),
    })
  })

  test('that is not there comes with the line that starts it', async () => {
    const check = await look({ openai_api_base: closedPort })
    expect(check('Model server')).toMatchObject({
      state: 'problem',
      message: `No server answers at ${closedPort}.`,
      hint: expect.stringMatching(/\nllama-server -hf unsloth\/Devstral\S+ .*--parallel 1 .*--port 9$/),
    })
    expect(check('Tokens a slot')).toBeUndefined()
  })

  test('that Paddock starts itself needs its program and its model', async () => {
    const model = join(folder, 'model.gguf')
    writeFileSync(model, 'GGUF and more')
    const llama_server = { model, binary: process.execPath }
    const check = await look({ openai_api_base: closedPort, llama_server })
    expect(check('Model server')).toMatchObject({
      state: 'ok',
      message: expect.stringContaining('the first run'),
    })
    expect(check('llama-server')).toMatchObject({ state: 'ok', message: process.execPath })
    expect(check('Model file')).toMatchObject({ state: 'ok', message: expect.stringContaining(model) })

    const none = await look({ llama_server: { model: join(folder, 'none.gguf'), binary: 'no-such-program' } })
    expect(none('llama-server')).toMatchObject({
      state: 'problem',
      hint: expect.stringContaining('llama.cpp'),
    })
    expect(none('Model file')).toMatchObject({
      state: 'problem',
      message: expect.stringContaining('no file'),
    })
    const other = await look({ llama_server: { model: join(import.meta.dirname, 'doctor.ts') } })
    expect(other('Model file')).toMatchObject({
      state: 'problem',
      message: expect.stringContaining('no GGUF'),
    })
  })

  test('that listens and says nothing is not waited for', async () => {
    const silent = createServer()
    silent.listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const { port } = silent.address() as AddressInfo
    const check = await look({ openai_api_base: `http://127.0.0.1:${port}/v1` })
    silent.close()
    expect(check('Model server')?.state).not.toBe('ok')
  })
})

describe('the settings (S89)', () => {
  test('that are the defaults are well, and those that are set are counted', async () => {
    expect((await look({}))('Settings')).toMatchObject({ state: 'ok', message: 'all are the defaults' })
    const check = await look({}, { env: { LLM_TIMEOUT: '600' } })
    expect(check('Settings')).toMatchObject({
      state: 'ok',
      message: expect.stringMatching(/^1 of \d+ are set$/),
    })
  })

  test.each([
    ['a variable that cannot be used', { env: { LLM_TIMEOUT: 'soon' } }, /LLM_TIMEOUT.*"soon"/],
    ['a file that is not there', { file: join(folder, 'none.yaml') }, /no file .*none\.yaml/],
    ['a file that is not YAML', { file: join(folder, 'bad.yaml') }, /bad\.yaml:1:5: This is not YAML/],
  ])('%s is a problem, and all else is looked at', async (_, given, message) => {
    writeFileSync(join(folder, 'bad.yaml'), 'a: [')
    const check = await look({}, given)
    expect(check('Settings')).toMatchObject({ state: 'problem', message: expect.stringMatching(message) })
    expect(check('Data folder')?.state).not.toBe('problem')
    expect(check('Memory')).toBeDefined()
  })

  test('a document that leaves this machine is a warning', async () => {
    const check = await look({ openai_api_base: 'http://gpu.invalid/v1', allowed_hosts: ['gpu.invalid'] })
    expect(check('Settings')).toMatchObject({
      state: 'warning',
      message: expect.stringContaining('gpu.invalid'),
    })
  })
})

describe('the machine', () => {
  test('a folder that cannot be written is a problem, and nothing is left in one that can', async () => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    const inFile = await look({}, { dataFolder: join(file, 'data') })
    expect(inFile('Data folder')).toMatchObject({
      state: 'problem',
      hint: expect.stringContaining('PADDOCK_DATA_DIR'),
    })
    const deep = join(folder, 'not', 'yet', 'there')
    expect((await look({}, { dataFolder: deep }))('Data folder')?.message).toContain(deep)
    expect(readdirSync(folder)).not.toContain('not')
  })

  test('a workspace that is none is a problem; one that is missing is made by the first run', async () => {
    const file = join(folder, 'a-file')
    writeFileSync(file, '')
    expect((await look({}, { workspace: file }))('Workspace')?.state).toBe('problem')
    const top = (await look({}, { workspace: parse(folder).root }))('Workspace')
    expect(top).toMatchObject({ state: 'problem', message: expect.stringContaining('cannot be a workspace') })
    const missing = await look({}, { workspace: join(folder, 'missing') })
    expect(missing('Workspace')).toMatchObject({ state: 'ok', message: expect.stringContaining('makes it') })
  })

  test('a log in the place of a folder is a warning', async () => {
    const file = join(folder, 'no-folder')
    writeFileSync(file, '')
    const check = await look({ log_file: join(file, 'paddock.log') })
    expect(check('Log')).toMatchObject({ state: 'warning', hint: expect.stringContaining('log_file') })
  })

  test('what is left of the disk and of the memory decides, and the version of Node', () => {
    const states = [100 * 2 ** 20, gigabyte, 50 * gigabyte, null].map(
      (free) => judgeDisk('/data', free).state,
    )
    expect(states).toEqual(['problem', 'warning', 'ok', 'ok'])
    expect([gigabyte, 8 * gigabyte].map((free) => checkMemory(free).state)).toEqual(['warning', 'ok'])
    expect(['v20.11.0', 'v24.0.0', 'v30.1.0'].map((version) => checkNode(version).state)).toEqual([
      'problem',
      'ok',
      'ok',
    ])
  })
})
