import { decodeLegacy } from './decode-legacy.ts'
import { hasFewLosses } from './inspect-text.ts'

/** What bytes say as text: the encoding by its WHATWG name, and doubts about it in plain words. */
export type DecodedText = { text: string; encoding: string; warnings: string[] }

/**
 * Decodes bytes by their byte order mark, else as UTF-8, else as UTF-16, else by detection.
 * Always answers with a text, without its mark and with LF line ends; whether it makes sense is for the caller to judge.
 */
export async function decodeText(bytes: Uint8Array): Promise<DecodedText> {
  const decoded =
    decodeMarked(bytes) ?? decodeUtf16(bytes) ?? decodeUtf8(bytes) ?? (await decodeLegacy(bytes))
  return { ...decoded, text: decoded.text.replace(/\r\n?/g, '\n') }
}

const byteOrderMarks: readonly { encoding: string; mark: readonly number[] }[] = [
  { encoding: 'utf-8', mark: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', mark: [0xff, 0xfe] },
  { encoding: 'utf-16be', mark: [0xfe, 0xff] },
]

function decodeMarked(bytes: Uint8Array): DecodedText | undefined {
  const marked = byteOrderMarks.find(({ mark }) => mark.every((byte, index) => bytes[index] === byte))
  if (!marked) return undefined
  return {
    text: new TextDecoder(marked.encoding).decode(bytes),
    encoding: marked.encoding,
    warnings: [],
  }
}

/** Without a mark, UTF-16 shows by the zero bytes of its blanks and Latin letters: nearly all on the same side of a pair. */
function decodeUtf16(bytes: Uint8Array): DecodedText | undefined {
  if (bytes.length % 2 === 1 || !bytes.includes(0)) return undefined
  let first = 0
  let second = 0
  let latinPairs = 0
  for (let at = 0; at < bytes.length; at += 2) {
    const [one = 0, other = 0] = [bytes[at], bytes[at + 1]]
    if (one === 0) first++
    if (other === 0) second++
    if (isPrintableAscii(one) && isPrintableAscii(other)) latinPairs++
  }
  const isOneSided = Math.min(first, second) * 2 <= Math.max(first, second)
  // Where most pairs are two Latin letters, this is a one-byte text with a stray zero byte.
  if (!isOneSided || latinPairs * 2 > bytes.length / 2) return undefined
  const encoding = first > second ? 'utf-16be' : 'utf-16le'
  const text = decodeStrictly(bytes, encoding)
  return text === undefined ? undefined : { text, encoding, warnings: [] }
}

function isPrintableAscii(byte: number): boolean {
  return byte >= 0x20 && byte < 0x7f
}

/** Takes a few broken bytes among many good ones: other encodings hardly ever form a valid UTF-8 sequence. */
function decodeUtf8(bytes: Uint8Array): DecodedText | undefined {
  const exact = decodeStrictly(bytes, 'utf-8')
  if (exact !== undefined) return { text: exact, encoding: 'utf-8', warnings: [] }
  const text = new TextDecoder('utf-8').decode(bytes)
  return hasFewLosses(text, 0.1) ? { text, encoding: 'utf-8', warnings: [] } : undefined
}

function decodeStrictly(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
