import { createHash } from 'node:crypto'
import { closeSync, fdatasync, mkdirSync, openSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { syncFolder } from '../files/write-atomic.ts'

/** Milliseconds between two writes of a streaming answer, and between two events that tell of it. */
const beat = 50

/** The folder of a run's raw answers. */
export const answersFolder = (dataFolder: string, run: string) => join(dataFolder, 'runs', run, 'answers')

const fileOf = (folder: string, call: string) => join(folder, `${encodeURIComponent(call)}.txt`)

/**
 * An answer on its way to disk: appended while it arrives, synced once at its end. It is handed to the system at once,
 * which takes it into memory; only the sync waits for the disk.
 */
export class RawAnswer {
  /** Where names are new. */
  #folders: readonly string[] = []
  readonly #onBeat: (offset: number, text: string) => void
  readonly #hash = createHash('sha256')
  #file: number | null = null
  /** What the disk said when it refused first. */
  #fault: unknown = null
  #bytes = 0
  #offset = 0
  #waiting = ''
  #timer: NodeJS.Timeout | null = null

  /** `onBeat` is told of each piece that was handed to the disk, with its offset in UTF-16 code units. */
  constructor(folder: string, call: string, onBeat: (offset: number, text: string) => void) {
    this.#onBeat = onBeat
    this.#try(() => {
      const { file, folders } = openIn(folder, fileOf(folder, call))
      this.#file = file
      this.#folders = folders
    })
  }

  add(text: string): void {
    this.#waiting += text
    // The first words are told at once.
    this.#timer ??= setTimeout(() => this.#flush(), this.#offset === 0 ? 0 : beat)
  }

  #flush(isFinal = false): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    // Half a character waits for its other half.
    const end = this.#waiting.length - (isFinal || !endsInHalf(this.#waiting) ? 0 : 1)
    const text = this.#waiting.slice(0, end)
    if (!text) return
    this.#waiting = this.#waiting.slice(end)
    const bytes = Buffer.from(text, 'utf8')
    this.#hash.update(bytes)
    this.#bytes += bytes.length
    this.#try(() => writeFileSync(this.#file!, bytes))
    this.#onBeat(this.#offset, text)
    this.#offset += text.length
  }

  #try(work: () => void): void {
    if (this.#fault) return
    try {
      work()
    } catch (error) {
      this.#fault = error
    }
  }

  /** Resolves when every byte is synced; rejects with the system's error when the disk refused one. */
  async end(): Promise<{ bytes: number; hash: string }> {
    this.#flush(true)
    try {
      if (this.#fault) throw this.#fault
      await Promise.all([syncData(this.#file!), ...this.#folders.map(syncFolder)])
    } finally {
      this.#close()
    }
    return { bytes: this.#bytes, hash: this.#hash.digest('hex') }
  }

  /** Keeps what has come of an answer that will not be whole: to be looked at, so it need not outlast a power cut. */
  leave(): void {
    this.#flush(true)
    this.#close()
  }

  #close(): void {
    if (this.#file !== null) closeSync(this.#file)
    this.#file = null
  }
}

const syncData = promisify(fdatasync)

/** Opens a new, empty file, in a folder that is made when it is not there yet. */
function openIn(folder: string, path: string): { file: number; folders: string[] } {
  try {
    return { file: openSync(path, 'w'), folders: [folder] }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    const made = mkdirSync(folder, { recursive: true }) ?? folder
    const folders = [folder]
    while (folders[0] !== dirname(made)) folders.unshift(dirname(folders[0]!))
    return { file: openSync(path, 'w'), folders }
  }
}

const endsInHalf = (text: string) => (text.charCodeAt(text.length - 1) & 0xfc00) === 0xd800

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
