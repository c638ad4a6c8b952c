import type { DecodedText } from './decode-text.ts'
import { hasFewLosses } from './inspect-text.ts'

/** How sure the detection must be (0 to 100): set by texts of 14 to 1,400 bytes in 18 languages. */
const certain = 50
const likely = 25

const sampleBytes = 64 * 1024
const contextBytes = 1024

/** The characters of the bytes 0x80 to 0x9F in windows-1252, as the WHATWG Encoding Standard lists them. */
const windows1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'

const fallback = 'windows-1252'
const remedy = 'If letters look wrong, save it as UTF-8 in an editor and drop it again.'

/** Decodes a text that is not Unicode in the encoding that its letters suggest; a doubt becomes a warning. */
export async function decodeLegacy(bytes: Uint8Array): Promise<DecodedText> {
  const { encoding, confidence } = await detectEncoding(sampleOf(bytes))
  if (confidence >= likely) {
    const doubt = `Its encoding is a guess: it was read as ${encoding}. ${remedy}`
    return { text: decode(bytes, encoding), encoding, warnings: confidence < certain ? [doubt] : [] }
  }
  const other = encoding === fallback ? '' : `; it may be ${encoding}`
  const doubt = `Its encoding could not be told, so it was read as ${fallback}${other}. ${remedy}`
  return { text: decode(bytes, fallback), encoding: fallback, warnings: [doubt] }
}

type Detection = { encoding: string; confidence: number }

/** The likeliest encoding in which nearly every byte of the sample has a meaning. */
async function detectEncoding(sample: Uint8Array): Promise<Detection> {
  // Nearly every document is UTF-8, and loading the detector takes longer than reading one.
  const { analyse } = await import('chardet')
  for (const { name, confidence } of analyse(sample)) {
    const encoding = encodingOf(name)
    if (encoding && hasFewLosses(decode(sample, encoding), 0.02)) return { encoding, confidence }
  }
  return { encoding: fallback, confidence: 0 }
}

/** Undefined for what the detector knows and no decoder does, such as ISO-2022-KR. */
function encodingOf(name: string): string | undefined {
  try {
    return new TextDecoder(name).encoding
  } catch {
    return undefined
  }
}

/** Some releases of Node decode windows-1252 as ISO-8859-1, which has no typographic quotes: it is done here instead. */
function decode(bytes: Uint8Array, encoding: string): string {
  if (encoding !== fallback) return new TextDecoder(encoding).decode(bytes)
  const units = new Uint16Array(bytes)
  for (let at = 0; at < units.length; at++) {
    const unit = units[at] ?? 0
    if (unit >= 0x80 && unit < 0xa0) units[at] = windows1252.charCodeAt(unit - 0x80)
  }
  return new TextDecoder('utf-16le').decode(units)
}

/** The lines that are not plain ASCII: English keywords around them would make any text look like English. */
function sampleOf(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = []
  let room = sampleBytes
  for (let at = firstBeyondAscii(bytes, 0); at < bytes.length && room > 0;) {
    const start = Math.max(bytes.lastIndexOf(newline, at) + 1, at - contextBytes)
    const next = bytes.indexOf(newline, at)
    const end = next === -1 ? bytes.length : next + 1
    const part = bytes.subarray(start, Math.min(end, start + room))
    parts.push(part)
    room -= part.length
    at = firstBeyondAscii(bytes, end)
  }
  return Buffer.concat(parts)
}

const newline = 0x0a

function firstBeyondAscii(bytes: Uint8Array, from: number): number {
  let at = from
  while (at < bytes.length && (bytes[at] ?? 0) < 0x80) at++
  return at
}
