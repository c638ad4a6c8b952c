// The GGUF v3 file format, as far as writing a small model needs it.

/** Each tensor starts at a multiple of these bytes. */
export const alignment = 32

const version = 3
const arrayType = 9
const tensorTypes = { f32: 0, f16: 1 }

const scalars = {
  u32: { id: 4, encode: encodeU32 },
  i32: { id: 5, encode: (value) => filled(4, (buffer) => buffer.writeInt32LE(value)) },
  f32: { id: 6, encode: (value) => filled(4, (buffer) => buffer.writeFloatLE(value)) },
  bool: { id: 7, encode: (value) => Buffer.from([value ? 1 : 0]) },
  string: { id: 8, encode: encodeString },
}

/**
 * Encodes a model file. Metadata is a list of `{ key, type, value }` with a type of `u32`, `i32`, `f32`, `bool`
 * or `string`, and `[]` behind it for a list; tensors come from `createTensor`.
 */
export function encodeGguf(metadata, tensors) {
  const header = [
    Buffer.from('GGUF'),
    encodeU32(version),
    encodeU64(tensors.length),
    encodeU64(metadata.length),
    ...metadata.map(encodeMetadata),
  ]
  let offset = 0
  for (const { name, shape, type, data } of tensors) {
    const dimensions = [encodeU32(shape.length), ...shape.map(encodeU64)]
    header.push(encodeString(name), ...dimensions, encodeU32(tensorTypes[type]), encodeU64(offset))
    offset += padded(data.length)
  }
  return Buffer.concat([withPadding(Buffer.concat(header)), ...tensors.map(({ data }) => withPadding(data))])
}

/** Makes a tensor of `shape` (columns first) whose values `valueAt(column, row)` gives, row by row. */
export function createTensor(name, shape, type, valueAt) {
  const [columns, rows = 1] = shape
  const width = type === 'f32' ? 4 : 2
  const data = Buffer.alloc(columns * rows * width)
  for (let index = 0; index < columns * rows; index++) {
    const value = Math.fround(valueAt(index % columns, Math.floor(index / columns)))
    if (type === 'f32') data.writeFloatLE(value, index * width)
    else data.writeUInt16LE(toHalf(value), index * width)
  }
  return { name, shape, type, data }
}

function encodeMetadata({ key, type, value }) {
  const isList = type.endsWith('[]')
  const { id, encode } = scalars[isList ? type.slice(0, -2) : type]
  const typed = isList ? [encodeU32(arrayType), encodeU32(id), encodeU64(value.length)] : [encodeU32(id)]
  return Buffer.concat([encodeString(key), ...typed, ...(isList ? value.map(encode) : [encode(value)])])
}

function encodeString(value) {
  const bytes = Buffer.from(value, 'utf8')
  return Buffer.concat([encodeU64(bytes.length), bytes])
}

function encodeU32(value) {
  return filled(4, (buffer) => buffer.writeUInt32LE(value))
}

function encodeU64(value) {
  return filled(8, (buffer) => buffer.writeBigUInt64LE(BigInt(value)))
}

function filled(bytes, write) {
  const buffer = Buffer.alloc(bytes)
  write(buffer)
  return buffer
}

function withPadding(buffer) {
  return Buffer.concat([buffer], padded(buffer.length))
}

function padded(bytes) {
  return Math.ceil(bytes / alignment) * alignment
}

const single = new Float32Array(1)
const bits = new Uint32Array(single.buffer)

// Node 20 has no Float16Array.
function toHalf(value) {
  single[0] = value
  const sign = (bits[0] >>> 16) & 0x8000
  const exponent = ((bits[0] >>> 23) & 0xff) - 127 + 15
  const mantissa = bits[0] & 0x7fffff
  const infinity = 31 << 10
  if (exponent >= 31) return sign | infinity
  if (exponent < -10) return sign
  if (exponent <= 0) {
    const shift = 14 - exponent
    return sign | (((mantissa | 0x800000) + (1 << (shift - 1))) >>> shift)
  }
  // A mantissa that rounds up to 2 carries into the exponent, and at the top into infinity: both by this addition.
  return sign | ((exponent << 10) + ((mantissa + 0x1000) >>> 13))
}
