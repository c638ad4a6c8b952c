import { createHash } from 'node:crypto'
import { mkdir, open, readFile, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { syncFolder } from '../files/write-atomic.ts'

/** Milliseconds between two writes of a streaming answer, and between two events that tell of it. */
const beat = 50

/** The folder of a run's raw answers. */
export const answersFolder = (dataFolder: string, run: string) => join(dataFolder, 'runs', run, 'answers')

const fileOf = (folder: string, call: string) => join(folder, `${encodeURIComponent(call)}.txt`)

/** An answer on its way to disk: appended while it arrives, synced once at its end. */
export class RawAnswer {
  readonly #folder: string
  readonly #file: Promise<FileHandle>
  readonly #onBeat: (offset: number, text: string) => void
  readonly #hash = createHash('sha256')
  #bytes = 0
  #offset = 0
  #waiting = ''
  #writing: Promise<void> = Promise.resolve()
  #timer: NodeJS.Timeout | null = null

  /** `onBeat` is told of each piece that was handed to the disk, with its offset in UTF-16 code units. */
  constructor(folder: string, call: string, onBeat: (offset: number, text: string) => void) {
    this.#folder = folder
    this.#file = mkdir(folder, { recursive: true }).then(() => open(fileOf(folder, call), 'w'))
    this.#file.catch(() => {})
    this.#onBeat = onBeat
  }

  add(text: string): void {
    this.#waiting += text
    this.#timer ??= setTimeout(() => this.#flush(), beat)
  }

  #flush(isFinal = false): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    // Half a character waits for its other half.
    const end = this.#waiting.length - (isFinal || !endsInHalf.test(this.#waiting) ? 0 : 1)
    const text = this.#waiting.slice(0, end)
    if (!text) return
    this.#waiting = this.#waiting.slice(end)
    const bytes = Buffer.from(text, 'utf8')
    this.#hash.update(bytes)
    this.#bytes += bytes.length
    this.#onBeat(this.#offset, text)
    this.#offset += text.length
    this.#writing = this.#writing.then(async () => void (await (await this.#file).appendFile(bytes)))
    this.#writing.catch(() => {})
  }

  /** Resolves when every byte is synced; rejects with the system's error when the disk refused one. */
  async end(): Promise<{ bytes: number; hash: string }> {
    this.#flush(true)
    const file = await this.#file
    try {
      await this.#writing
      await Promise.all([file.datasync(), syncFolder(this.#folder)])
    } finally {
      await file.close()
    }
    return { bytes: this.#bytes, hash: this.#hash.digest('hex') }
  }
}

const endsInHalf = /[\uD800-\uDBFF]$/

/** What a call has answered so far; empty where nothing came. */
export async function readAnswer(folder: string, call: string): Promise<string> {
  return readFile(fileOf(folder, call), 'utf8').catch(() => '')
}

/** A finished answer, or null when the file is not the one that was committed. */
export async function readCommittedAnswer(
  folder: string,
  call: string,
  hash: string,
): Promise<string | null> {
  const bytes = await readFile(fileOf(folder, call)).catch(() => null)
  if (!bytes || createHash('sha256').update(bytes).digest('hex') !== hash) return null
  return bytes.toString('utf8')
}
