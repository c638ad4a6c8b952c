import { createHash } from 'node:crypto'
import { closeSync, fdatasync, mkdirSync, openSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { errorCode } from '../files/file-errors.ts'
import { syncFolder } from '../files/write-atomic.ts'

/** Milliseconds between two writes of a streaming answer, and between two events that tell of it. */
const beat = 50

/** The folder of a run's raw answers. */
export const answersFolder = (dataFolder: string, run: string) => join(dataFolder, 'runs', run, 'answers')

const fileOf = (folder: string, call: string) => join(folder, `${encodeURIComponent(call)}.txt`)

/** Bytes up to which an answer is as durable as the ledger makes it: a longer one is synced as a file of its own. */
const mostInLedger = 2 ** 18

const sync = promisify(fdatasync)

/** A whole answer: `content` is for the ledger, and null where the file has been synced instead. */
type WrittenAnswer = { bytes: number; hash: string; content: Uint8Array | null }

/** An answer on its way to disk: appended while it arrives, so that it can be looked at. */
export class RawAnswer {
  readonly #onBeat: (offset: number, text: string) => void
  readonly #hash = createHash('sha256')
  #file: number | null = null
  /** Folders whose new names are not durable yet. */
  #folders: string[] = []
  /** What the disk said when it refused first; told at the end. */
  #fault: unknown = null
  #written: Buffer[] = []
  #bytes = 0
  #offset = 0
  #waiting = ''
  #timer: NodeJS.Timeout | null = null

  /** `onBeat` is told of each piece that was handed to the disk, with its offset in UTF-16 code units. */
  constructor(folder: string, call: string, onBeat: (offset: number, text: string) => void) {
    this.#onBeat = onBeat
    try {
      const { file, folders } = openIn(folder, fileOf(folder, call))
      this.#file = file
      this.#folders = folders
    } catch (error) {
      this.#fault = error
    }
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
    if (this.#bytes <= mostInLedger) this.#written.push(bytes)
    this.#write(bytes)
    this.#onBeat(this.#offset, text)
    this.#offset += text.length
  }

  /** Into the system's memory, which takes less time than to have it done by a thread. */
  #write(bytes: Buffer): void {
    if (this.#file === null || this.#fault) return
    try {
      writeFileSync(this.#file, bytes)
    } catch (error) {
      this.#fault = error
    }
  }

  /** Resolves with the whole answer; rejects with the system's error when the disk refused a byte of it. */
  async end(): Promise<WrittenAnswer> {
    this.#flush(true)
    const isShort = this.#bytes <= mostInLedger
    try {
      if (this.#fault) throw this.#fault
      if (!isShort) await settleAll([sync(this.#file!), ...this.#folders.map(syncFolder)])
    } finally {
      this.#close()
    }
    const content = isShort ? Buffer.concat(this.#written) : null
    return { bytes: this.#bytes, hash: this.#hash.digest('hex'), content }
  }

  /** Keeps what has come of an answer that will not be whole: to be looked at, so it need not outlast a power cut. */
  leave(): void {
    this.#flush(true)
    this.#close()
  }

  /** What closing says does not matter any more. */
  #close(): void {
    const file = this.#file
    this.#file = null
    try {
      if (file !== null) closeSync(file)
    } catch {
      // Every byte is where it has to be by then.
    }
  }
}

/** Waits for all; rejects with the first fault. */
async function settleAll(promises: readonly Promise<void>[]): Promise<void> {
  await Promise.allSettled(promises)
  await Promise.all(promises)
}

/** Opens a new, empty file, in a folder that is made when it is not there yet; says where names are new. */
function openIn(folder: string, path: string): { file: number; folders: string[] } {
  const folders = [folder]
  try {
    return { file: openSync(path, 'w'), folders }
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error
    const made = mkdirSync(folder, { recursive: true }) ?? folder
    while (folders[0] !== dirname(made)) folders.unshift(dirname(folders[0]!))
    return { file: openSync(path, 'w'), folders }
  }
}

const endsInHalf = (text: string) => (text.charCodeAt(text.length - 1) & 0xfc00) === 0xd800

/** What a call has answered so far; empty where nothing came. */
export async function readAnswer(folder: string, call: string): Promise<string> {
  return readFile(fileOf(folder, call), 'utf8').catch(() => '')
}

/** A finished answer: its file where that is the one that was committed, else what the ledger has; null where neither is left. */
export async function readCommittedAnswer(
  folder: string,
  call: string,
  hash: string,
  inLedger: (hash: string) => Uint8Array | null,
): Promise<string | null> {
  const bytes = await readFile(fileOf(folder, call)).catch(() => null)
  const isCommitted = bytes && createHash('sha256').update(bytes).digest('hex') === hash
  const found = isCommitted ? bytes : inLedger(hash)
  return found && Buffer.from(found).toString('utf8')
}
