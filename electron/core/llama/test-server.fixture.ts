import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, vi } from 'vitest'
import { llamaServer } from '../../../e2e/fixtures/llama-server.ts'
import { makeTinyModel } from '../../../scripts/make-tiny-model.mjs'
import { AppError } from '../../../shared/errors.ts'
import { Settings, type SomeSettings } from '../../../shared/settings.ts'
import { openLog, type Log } from '../log/log.ts'
import { startServer, type RunningServer } from './start-server.ts'

/** The signal of what is not given up. */
export const never = new AbortController().signal

/** The key that must turn up nowhere but in the server's environment. */
export const key = 'canary-key-0123456789'

let models: string
/** Makes the model of all tests. */
export function makeModel(): void {
  models = mkdtempSync(join(tmpdir(), 'paddock-models-'))
  writeFileSync(join(models, 'tiny.gguf'), makeTinyModel({ eosBias: -30 }))
}

/** Removes it again. */
export const removeModel = (): void => rmSync(models, { recursive: true })

/** A folder, a log in it and a free port, anew for each test. */
export let folder: string
export let log: Log
export let port: number

/** What is stopped after the test. */
export const running: { stop(): Promise<void> }[] = []

/** Makes them. */
export async function setUp(): Promise<void> {
  folder = mkdtempSync(join(tmpdir(), 'paddock-start-'))
  log = openLog({ level: 'DEBUG', file: join(folder, 'paddock.log'), maxMegabytes: 10, filesKept: 1 })
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
  server.close()
  await once(server, 'close')
}

/** Ends what was started, and removes them. */
export async function tearDown(): Promise<void> {
  await Promise.all(running.splice(0).map((one) => one.stop()))
  await log.close()
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
}

export type Profile = NonNullable<SomeSettings['llama_server']>

/** Settings for the tiny model on that port, with what a test cares about. */
export const settingsFor = (profile: Profile = {}, more: SomeSettings = {}) =>
  Settings.parse({
    openai_api_base: `http://127.0.0.1:${port}/v1`,
    ...more,
    llama_server: {
      binary: llamaServer ?? 'llama-server',
      model: join(models, 'tiny.gguf'),
      ctx_size: 1024,
      extra_args: ['-t', '1', '--no-webui', '--jinja'],
      start_timeout: 20,
      ...profile,
    },
  })

/** Starts the server; it is stopped after the test. */
export async function start(profile?: Profile, more?: SomeSettings, signal = never): Promise<RunningServer> {
  const server = await startServer(settingsFor(profile, more), log, signal)
  running.push(server)
  return server
}

/** A program of ours in the server's place. */
export function program(source: string): string {
  const path = join(folder, 'program')
  writeFileSync(path, source)
  chmodSync(path, 0o755)
  return path
}

/** Whether a process lives. */
export const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0)
    // Who has ended and was not waited for is a zombie, and no child of ours.
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

/** The lines of the log. */
export const logged = () =>
  readFileSync(join(folder, 'paddock.log'), 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as { level: string; message: string; [field: string]: unknown })

/** What a start was refused with: an error of ours that says what to do. */
export const errorOf = async (started: Promise<unknown>): Promise<AppError> => {
  const error: unknown = await started.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(AppError)
  expect((error as AppError).hint ?? (error as AppError).code).toBeTruthy()
  return error as AppError
}
