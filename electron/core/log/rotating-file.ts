import { closeSync, constants, fstatSync, openSync, readdirSync, renameSync } from 'node:fs'
import { rmSync, statSync, writeSync, type Stats } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { makeFolder } from '../files/make-folder.ts'

// Not to wait for the other end, should there be a pipe of that name.
const APPEND = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | (constants.O_NONBLOCK ?? 0)

/** How large a file may grow, and how many old ones are kept beside it. */
export type RotationLimits = { readonly bytes: number; readonly kept: number }

/**
 * A text file that is put aside when it is full: `x.log` becomes `x.log.TIME-PID-NUMBER`. Any number of processes may
 * write to it: no line is lost or torn, because each looks before every line whether the file is still the one it opened,
 * and the names of old files are unlike each other. Opened at the first line; `write` throws what the disk throws.
 */
export class RotatingFile {
  readonly #path: string
  readonly #limits: RotationLimits
  #open: { fd: number; stats: Stats } | null = null
  #rotations = 0
  /** A line was cut off by a full disk: the next one must not go on in it. */
  #isTorn = false

  constructor(path: string, limits: RotationLimits) {
    this.#path = path
    this.#limits = limits
  }

  /** Writes whole lines, before it returns: what a crash is preceded by is in the file. */
  write(lines: string): void {
    const size = this.#look()
    const bytes = Buffer.from(this.#isTorn ? `\n${lines}` : lines)
    const fault = size > 0 && size + bytes.length > this.#limits.bytes ? this.#rotate() : null
    this.#look()
    for (let sent = 0; sent < bytes.length;) {
      this.#isTorn = sent > 0 || this.#isTorn
      sent += writeSync(this.#open!.fd, bytes, sent)
    }
    this.#isTorn = false
    // The line came first: a file that cannot be put aside grows.
    if (fault !== null) throw fault
  }

  /** The next line opens it again. */
  close(): void {
    const open = this.#open
    this.#open = null
    if (open) closeSync(open.fd)
  }

  /** Makes sure that what is open is the file of that name, and returns its size. */
  #look(): number {
    const found = statSync(this.#path, { throwIfNoEntry: false })
    if (found && this.#open && isSame(found, this.#open.stats)) return found.size
    this.close()
    makeFolder(dirname(this.#path), 0o700)
    const fd = openSync(this.#path, APPEND, 0o600)
    const stats = fstatSync(fd)
    this.#open = { fd, stats }
    return stats.size
  }

  /** Returns what kept it from being put aside. */
  #rotate(): unknown {
    const stamp = new Date().toISOString().replaceAll(/[-:]/g, '').replace('Z', '')
    const number = String(this.#rotations++).padStart(6, '0')
    try {
      renameSync(this.#path, `${this.#path}.${stamp}-${process.pid}-${number}`)
      this.#prune()
      return null
    } catch (error) {
      // Another process was quicker.
      return isMissing(error) ? null : error
    }
  }

  #prune(): void {
    const folder = dirname(this.#path)
    const start = `${basename(this.#path)}.`
    const old = readdirSync(folder)
      .filter((name) => name.startsWith(start) && oldName.test(name.slice(start.length)))
      .sort()
    for (const name of old.slice(0, Math.max(0, old.length - this.#limits.kept)))
      rmSync(join(folder, name), { force: true })
  }
}

const oldName = /^\d{8}T\d{6}\.\d{3}-\d+-\d{6,}$/

const isSame = (one: Stats, other: Stats) => one.ino === other.ino && one.dev === other.dev

const isMissing = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT'
