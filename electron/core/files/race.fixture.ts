import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const SECRET = 'secret.txt'

/** What a race did: attempts that went through, those refused, swaps meanwhile, and what got out of the root. */
export interface RaceResult {
  readonly done: number
  readonly refused: number
  readonly swaps: number
  readonly escapes: number
}

/** One way to use a folder that is being swapped; returns the text it read, if it reads. */
export type Attempt = (root: string, name: string) => Promise<string | void>

/** Makes attempts on files of `a` while another process swaps `a` with a link out of the root (P9). */
export async function race(attempts: number, swaps: number, attempt: Attempt): Promise<RaceResult> {
  const base = mkdtempSync(join(tmpdir(), 'paddock-race-'))
  const root = join(base, 'root')
  const outside = join(base, 'outside')
  mkdirSync(root)
  mkdirSync(outside)
  writeFileSync(join(outside, SECRET), 'outside')

  const program = join(import.meta.dirname, 'swapper.fixture.ts')
  const swapper = spawn(process.execPath, [program, root, outside], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise((resolve) => swapper.once('close', resolve))
  const result = { done: 0, refused: 0, swaps: 0, escapes: 0 }
  swapper.stdout.on('data', (dots: Buffer) => (result.swaps += dots.length * 100))
  await new Promise((resolve) => swapper.stdout.once('data', resolve))
  try {
    const started = result.swaps
    for (let index = 0; index < attempts || result.swaps - started < swaps; index += 1) {
      try {
        const text = await attempt(root, index % 2 === 0 ? `new-${index}.txt` : SECRET)
        if (text === 'outside') result.escapes += 1
        result.done += 1
      } catch {
        result.refused += 1
      }
    }
    result.swaps -= started
  } finally {
    swapper.kill('SIGKILL')
    await ended
  }
  result.escapes += readdirSync(outside).filter((name) => name !== SECRET).length
  if (readFileSync(join(outside, SECRET), 'utf8') !== 'outside') result.escapes += 1
  rmSync(base, { recursive: true })
  return result
}
