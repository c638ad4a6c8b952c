#!/usr/bin/env node
// Writes a tiny model with random weights, for tests of a real llama-server: its text is noise, its bytes are
// the same on every machine. It has a byte-level vocabulary and a chat template like Devstral's.
//
//   node scripts/make-tiny-model.mjs [--out tiny.gguf] [--seed 1] [--layers 2] [--embd 128] [--heads 4]
//     [--kv-heads 2] [--ff 256] [--ctx 32768] [--vocab 512] [--type f16|f32] [--ascii 1]
//     [--eos-bias -30] [--tool-bias -60] [--arch llama] [--name tiny-random]
//
//   --ascii 1      only printable ASCII comes out
//   --eos-bias x   -30 practically never ends an answer, 4 ends it after about 5 to 20 tokens
//   --tool-bias x  -60 never calls a tool; 4 does, and the server's grammar makes the call valid

import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { alignment, createTensor, encodeGguf } from './gguf.mjs'
import { buildVocabulary, isPrintable, tokenTypes } from './tiny-vocabulary.mjs'

const defaults = {
  seed: 1,
  layers: 2,
  embd: 128,
  heads: 4,
  kvHeads: 2,
  ff: 256,
  ctx: 32768,
  vocab: 512,
  type: 'f16',
  ascii: true,
  eosBias: -30,
  toolBias: -60,
  arch: 'llama',
  name: 'tiny-random',
}

/** Makes the bytes of a GGUF file; the same options give the same bytes. */
export function makeTinyModel(options = {}) {
  const settings = { ...defaults, ...options }
  const vocabulary = buildVocabulary(settings.vocab)
  return encodeGguf(describeModel(settings, vocabulary), createTensors(settings, vocabulary))
}

function createTensors({ embd, heads, kvHeads, ff, layers, type, seed, ...biases }, vocabulary) {
  const random = createNormal(seed)
  const size = vocabulary.tokens.length
  // Column 0 is a constant: every token embeds `constant` there and no layer writes to it, so that after the last
  // norm it is positive at each position and column 0 of the output weights acts as a bias per token.
  const constant = 4
  const constantAfterNorm = constant / Math.sqrt((constant * constant + (embd - 1)) / embd)
  const bias = vocabulary.tokens.map((token, id) => biasOf(token, vocabulary.types[id], biases))

  const norm = (name) => createTensor(name, [embd], 'f32', () => 1)
  const matrix = (name, columns, rows, deviation) =>
    createTensor(name, [columns, rows], type, () => random() * deviation)
  const intoResidual = (name, columns, deviation) =>
    createTensor(name, [columns, embd], type, (_, row) => (row === 0 ? 0 : random() * deviation))
  const layer = (index) => {
    const prefix = `blk.${index}.`
    const scale = 1 / Math.sqrt(embd)
    const keyWidth = (embd / heads) * kvHeads
    return [
      norm(`${prefix}attn_norm.weight`),
      matrix(`${prefix}attn_q.weight`, embd, embd, 1.5 * scale),
      matrix(`${prefix}attn_k.weight`, embd, keyWidth, 1.5 * scale),
      matrix(`${prefix}attn_v.weight`, embd, keyWidth, scale),
      intoResidual(`${prefix}attn_output.weight`, embd, 0.5 * scale),
      norm(`${prefix}ffn_norm.weight`),
      matrix(`${prefix}ffn_gate.weight`, embd, ff, scale),
      matrix(`${prefix}ffn_up.weight`, embd, ff, scale),
      intoResidual(`${prefix}ffn_down.weight`, ff, 1 / Math.sqrt(ff)),
    ]
  }
  return [
    createTensor('token_embd.weight', [embd, size], type, (column) => (column === 0 ? constant : random())),
    ...Array.from({ length: layers }, (_, index) => layer(index)).flat(),
    norm('output_norm.weight'),
    createTensor('output.weight', [embd, size], type, (column, row) =>
      column === 0 ? bias[row] / constantAfterNorm : (random() * 2) / Math.sqrt(embd),
    ),
  ]
}

/** What is added to a token's logit; random logits have a standard deviation of about 2. */
function biasOf(token, type, { ascii, eosBias, toolBias }) {
  const never = -60
  if (token === '</s>') return eosBias
  if (token === '[TOOL_CALLS]') return toolBias
  if (token === '[ARGS]') return toolBias > never ? 0 : never
  if (!ascii) return 0
  return type === tokenTypes.normal && isPrintable(token) ? 0 : never
}

function describeModel(settings, { tokens, types, merges }) {
  const { arch, name, type, ctx, embd, layers, ff, heads, kvHeads } = settings
  const template = readFileSync(new URL('tiny-model.jinja', import.meta.url), 'utf8').trimEnd()
  return [
    { key: 'general.architecture', type: 'string', value: arch },
    { key: 'general.name', type: 'string', value: name },
    { key: 'general.type', type: 'string', value: 'model' },
    { key: 'general.file_type', type: 'u32', value: type === 'f32' ? 0 : 1 },
    { key: 'general.alignment', type: 'u32', value: alignment },
    { key: `${arch}.vocab_size`, type: 'u32', value: tokens.length },
    { key: `${arch}.context_length`, type: 'u32', value: ctx },
    { key: `${arch}.embedding_length`, type: 'u32', value: embd },
    { key: `${arch}.block_count`, type: 'u32', value: layers },
    { key: `${arch}.feed_forward_length`, type: 'u32', value: ff },
    { key: `${arch}.attention.head_count`, type: 'u32', value: heads },
    { key: `${arch}.attention.head_count_kv`, type: 'u32', value: kvHeads },
    { key: `${arch}.attention.layer_norm_rms_epsilon`, type: 'f32', value: 1e-5 },
    { key: `${arch}.rope.dimension_count`, type: 'u32', value: embd / heads },
    { key: `${arch}.rope.freq_base`, type: 'f32', value: 10000 },
    { key: 'tokenizer.ggml.model', type: 'string', value: 'gpt2' },
    { key: 'tokenizer.ggml.pre', type: 'string', value: 'tekken' },
    { key: 'tokenizer.ggml.tokens', type: 'string[]', value: tokens },
    { key: 'tokenizer.ggml.token_type', type: 'i32[]', value: types },
    { key: 'tokenizer.ggml.merges', type: 'string[]', value: merges },
    { key: 'tokenizer.ggml.bos_token_id', type: 'u32', value: tokens.indexOf('<s>') },
    { key: 'tokenizer.ggml.eos_token_id', type: 'u32', value: tokens.indexOf('</s>') },
    { key: 'tokenizer.ggml.unknown_token_id', type: 'u32', value: tokens.indexOf('<unk>') },
    { key: 'tokenizer.ggml.padding_token_id', type: 'u32', value: tokens.indexOf('<pad>') },
    { key: 'tokenizer.ggml.add_bos_token', type: 'bool', value: true },
    { key: 'tokenizer.ggml.add_eos_token', type: 'bool', value: false },
    { key: 'tokenizer.ggml.add_space_prefix', type: 'bool', value: false },
    { key: 'tokenizer.chat_template', type: 'string', value: template },
  ]
}

/** Close to normal, by additions alone, because mathematical functions differ between platforms. */
function createNormal(seed) {
  const uniform = createUniform(seed)
  return () => {
    let sum = -6
    for (let count = 0; count < 12; count++) sum += uniform()
    return sum
  }
}

/** The generator known as mulberry32. */
function createUniform(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function parseFlags(flags) {
  const options = {}
  for (let index = 0; index < flags.length; index += 2) {
    const name = flags[index].replace(/^--/, '').replace(/-([a-z])/g, (_, letter) => letter.toUpperCase())
    const value = flags[index + 1]
    const example = name === 'out' ? 'tiny.gguf' : defaults[name]
    if (example === undefined || value === undefined)
      throw new Error(`${flags[index]} is no option with a value.`)
    if (typeof example === 'number') options[name] = Number(value)
    else if (typeof example === 'boolean') options[name] = value !== '0' && value !== 'false'
    else options[name] = value
  }
  return options
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { out = 'tiny.gguf', ...options } = parseFlags(process.argv.slice(2))
  const bytes = makeTinyModel(options)
  writeFileSync(out, bytes)
  console.log(`${out} ${bytes.length} bytes sha256 ${createHash('sha256').update(bytes).digest('hex')}`)
}
