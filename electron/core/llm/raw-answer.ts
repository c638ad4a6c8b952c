import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { mkdir, open, readFile, type FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { syncFolder } from '../files/write-atomic.ts'

/** Milliseconds between two writes of a streaming answer, and between two events that tell of it. */
const beat = 50

/** The folder of a run's raw answers. */
export const answersFolder = (dataFolder: string, run: string) => join(dataFolder, 'runs', run, 'answers')

const fileOf = (folder: string, call: string) => join(folder, `${encodeURIComponent(call)}.txt`)

/** An answer on its way to disk: appended while it arrives, synced once at its end. */
export class RawAnswer {
  readonly #opened: Promise<void>
  /** Its name is made durable meanwhile. */
  readonly #named: Promise<void>
  readonly #onBeat: (offset: number, text: string) => void
  readonly #hash = createHash('sha256')
  #file: FileHandle | null = null
  /** What the disk said when it refused first; told at the end. */
  #fault: unknown = null
  #bytes = 0
  #offset = 0
  #waiting = ''
  #timer: NodeJS.Timeout | null = null

  /** `onBeat` is told of each piece that was handed to the disk, with its offset in UTF-16 code units. */
  constructor(folder: string, call: string, onBeat: (offset: number, text: string) => void) {
    this.#onBeat = onBeat
    const opening = openIn(folder, fileOf(folder, call))
    this.#opened = opening.then(
      ({ file }) => void (this.#file = file),
      (error: unknown) => void (this.#fault = error),
    )
    this.#named = opening.then(({ folders }) => settleAll(folders.map(syncFolder)))
    this.#named.catch(() => {})
  }

  add(text: string): void {
    this.#waiting += text
    // The first words are told at once.
    this.#timer ??= setTimeout(() => this.#flush(), this.#offset === 0 ? 0 : beat)
  }

  #flush(isFinal = false): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    // All waits for the file, and half a character for its other half.
    if (!this.#file && !this.#fault) return this.add('')
    const end = this.#waiting.length - (isFinal || !endsInHalf(this.#waiting) ? 0 : 1)
    const text = this.#waiting.slice(0, end)
    if (!text) return
    this.#waiting = this.#waiting.slice(end)
    const bytes = Buffer.from(text, 'utf8')
    this.#hash.update(bytes)
    this.#bytes += bytes.length
    this.#write(bytes)
    this.#onBeat(this.#offset, text)
    this.#offset += text.length
  }

  /** Into the system's memory, which takes less time than to have it done by a thread. */
  #write(bytes: Buffer): void {
    if (!this.#file || this.#fault) return
    try {
      writeFileSync(this.#file.fd, bytes)
    } catch (error) {
      this.#fault = error
    }
  }

  /** Resolves when every byte is synced; rejects with the system's error when the disk refused one. */
  async end(): Promise<{ bytes: number; hash: string }> {
    await this.#opened
    this.#flush(true)
    try {
      if (this.#fault) throw this.#fault
      await settleAll([this.#file!.datasync(), this.#named])
    } finally {
      this.#close()
    }
    return { bytes: this.#bytes, hash: this.#hash.digest('hex') }
  }

  /** Keeps what has come of an answer that will not be whole: to be looked at, so it need not outlast a power cut. */
  async leave(): Promise<void> {
    await this.#opened
    this.#flush(true)
    this.#close()
  }

  /** What closing says does not matter any more, and nobody waits for it. */
  #close(): void {
    void this.#file?.close().catch(() => {})
    this.#file = null
  }
}

/** Waits for all; rejects with the first fault. */
async function settleAll(promises: readonly Promise<void>[]): Promise<void> {
  await Promise.allSettled(promises)
  await Promise.all(promises)
}

/** Opens a new, empty file, in a folder that is made when it is not there yet; says where names are new. */
async function openIn(folder: string, path: string): Promise<{ file: FileHandle; folders: string[] }> {
  const folders = [folder]
  const file = await open(path, 'w').catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    const made = (await mkdir(folder, { recursive: true })) ?? folder
    while (folders[0] !== dirname(made)) folders.unshift(dirname(folders[0]!))
    return open(path, 'w')
  })
  return { file, folders }
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
