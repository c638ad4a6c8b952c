import { readFileSync, statSync } from 'node:fs'
import { AppError } from '../../../shared/errors.ts'
import { describeKind, explainFileError } from '../files/file-errors.ts'

/** A file's text as parsed, or why it could not be read. */
export type ParsedFile<T> = { readonly value: T } | { readonly fault: string }

/** Bytes that a configuration file may have. */
export const mostBytes = 256 * 1024
const mostRemembered = 100

/** Text files in a parsed form. One that is unchanged (size, time and inode) is not read again. */
export class ParsedFiles<T> {
  readonly #parse: (text: string) => T
  readonly #known = new Map<string, { stamp: string; file: ParsedFile<T> }>()

  constructor(parse: (text: string) => T) {
    this.#parse = parse
  }

  /** Null where there is no such file. */
  read(path: string): ParsedFile<T> | null {
    try {
      const stats = statSync(path, { throwIfNoEntry: false })
      if (!stats) return null
      // A pipe would never end.
      if (!stats.isFile()) return { fault: `There is ${describeKind(stats)} where a file is expected.` }
      const stamp = [stats.dev, stats.ino, stats.size, stats.mtimeMs].join(' ')
      const known = this.#known.get(path)
      if (known?.stamp === stamp) return known.file
      const file = this.#readText(path, stats.size)
      if (this.#known.size >= mostRemembered) this.#known.clear()
      this.#known.set(path, { stamp, file })
      return file
    } catch (error) {
      return { fault: reasonOf(error, path) }
    }
  }

  #readText(path: string, size: number): ParsedFile<T> {
    if (size > mostBytes) return { fault: tooLarge }
    const bytes = readFileSync(path)
    const text = decode(bytes)
    if (bytes.length > mostBytes) return { fault: tooLarge }
    return text === null ? { fault: noText } : { value: this.#parse(text) }
  }
}

const tooLarge = `The file has more than ${mostBytes / 1024} KB: that is no configuration.`
const noText = 'The file is no text in UTF-8. Save it as "UTF-8".'

/** Text without its byte order mark; null for anything that is not UTF-8. */
export function decode(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return text.includes('\0') ? null : text
  } catch {
    return null
  }
}

function reasonOf(error: unknown, path: string): string {
  const { message, hint } = explainFileError(error, `read ${path}`)
  return error instanceof AppError || hint === undefined ? message : `${message} ${hint}`
}
