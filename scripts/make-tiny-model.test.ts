import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { makeTinyModel } from './make-tiny-model.mjs'

const script = fileURLToPath(new URL('make-tiny-model.mjs', import.meta.url))
const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

test('the default model is the same bytes on every machine', () => {
  const model = makeTinyModel()
  expect(model.length).toBe(869_856)
  expect(hash(model)).toBe('700783dccd6896c04043404e44f4b597fd5c486a9da30b74dd201a2f1c8e4e90')
})

test('options change the bytes, and the command line takes the same ones', () => {
  const folder = mkdtempSync(join(tmpdir(), 'paddock-model-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const out = join(folder, 'small.gguf')
  const flags = '--seed 7 --tool-bias 4 --eos-bias 4 --vocab 300 --layers 1 --embd 64 --name x'.split(' ')
  const { stdout, status } = spawnSync(process.execPath, [script, '--out', out, ...flags], {
    encoding: 'utf8',
  })
  const model = makeTinyModel({
    seed: 7,
    toolBias: 4,
    eosBias: 4,
    vocab: 300,
    layers: 1,
    embd: 64,
    name: 'x',
  })
  expect(status).toBe(0)
  expect(hash(model)).toBe('31fa6accb703a97f9a6f3502b1ee50d8664ed45f68186e56fe369979096a1a00')
  expect(readFileSync(out).equals(model)).toBe(true)
  expect(stdout).toBe(`${out} 208640 bytes sha256 ${hash(model)}\n`)
})

test('full precision and every byte', () => {
  expect(hash(makeTinyModel({ type: 'f32', ascii: false }))).toBe(
    '1cf737af09510acf66f831e34e37e0780907936d686489d9e7b165114d44b187',
  )
})

test('an unknown option is refused', () => {
  const { stderr, status } = spawnSync(process.execPath, [script, '--sead', '7'], { encoding: 'utf8' })
  expect(status).toBe(1)
  expect(stderr).toContain('--sead is no option with a value.')
})
