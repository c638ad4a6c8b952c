import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import type { WorkflowProblem } from '../../shared/reports.ts'
import { describeKind, errorCode, explainFileError } from './files/file-errors.ts'
import { isInside } from './files/folder.ts'
import {
  maximumWorkflowBytes,
  readWorkflowFile,
  tooLarge,
  withoutPlace,
  type WorkflowFile,
} from './workflow-file.ts'

/** The most workflow files of one folder that are read. */
export const maximumWorkflowFiles = 200
/** The most bytes of one folder that are read: a stranger's workspace must not keep the program busy. */
const mostBytes = 2 * 1024 * 1024
// Not to wait for the other end of a pipe, nor to follow a link that was put there after the look.
const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0)

type ReadFile = WorkflowFile & { readonly file: string }
type FolderContent = { readonly files: readonly ReadFile[]; readonly problems: readonly WorkflowProblem[] }
const nothing: FolderContent = { files: [], problems: [] }

/** The workflow files of a folder. A file is read anew only when it has changed. */
export class WorkflowFolder {
  readonly #folder: string
  /** The folder that may not be left, on the way here or by a link below. */
  readonly #inside: string
  readonly #known = new Map<string, { stamp: string; read: WorkflowFile }>()

  constructor(folder: string, inside = folder) {
    this.#folder = folder
    this.#inside = inside
  }

  /** Nothing where there is no such folder; what cannot be used is a problem, and never keeps the rest from being read. */
  read(roles: ReadonlySet<string>): FolderContent {
    try {
      const root = realpathSync(this.#folder)
      if (!isInside(realpathSync(this.#inside), root))
        return this.#refused({
          message: `A link leads out of ${this.#inside}.`,
          hint: 'Make it a real folder.',
        })
      const names = readdirSync(root)
        .filter((name) => /\.ya?ml$/i.test(name))
        .sort()
      const left = names.length - maximumWorkflowFiles
      const told = `There are ${names.length} workflow files, and ${maximumWorkflowFiles} of them are read.`
      const budget = { bytes: mostBytes }
      return {
        files: names.slice(0, maximumWorkflowFiles).map((name) => this.#readOnce(root, name, roles, budget)),
        problems: left > 0 ? this.#refused({ message: told, hint: 'Move some away.' }).problems : [],
      }
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return nothing
      const { message, hint } = explainFileError(error, `read the folder ${this.#folder}`)
      return this.#refused({ message, hint })
    }
  }

  #refused(problem: { message: string; hint: string | undefined }): FolderContent {
    return { files: [], problems: [{ file: this.#folder, line: 1, column: 1, ...problem }] }
  }

  #readOnce(root: string, name: string, roles: ReadonlySet<string>, budget: { bytes: number }): ReadFile {
    const file = join(this.#folder, name)
    try {
      const real = realpathSync(join(root, name))
      if (!isInside(root, real)) throw linkOut
      const { ino, size, mtimeNs, ctimeNs } = statSync(real, { bigint: true })
      if (size <= maximumWorkflowBytes) budget.bytes -= Number(size)
      if (budget.bytes < 0) throw tooMuch
      const stamp = [real, ino, size, mtimeNs, ctimeNs, ...roles].join(' ')
      const known = this.#known.get(name)
      const read = known?.stamp === stamp ? known.read : readFile(real, name, roles)
      this.#known.set(name, { stamp, read })
      return { ...read, file }
    } catch (error) {
      const { message, hint } = explainFileError(error, `read ${name}`)
      return { ...withoutPlace({ message, hint }), file }
    }
  }
}

const linkOut = new AppError('conflict', 'It is a link that leads out of its folder.', {
  hint: 'Put the file itself there.',
})

const tooMuch = new AppError(
  'invalid',
  'It is not read: the workflow files of this folder have more than 2 MB.',
  {
    hint: 'Move some of them away.',
  },
)

function readFile(path: string, name: string, roles: ReadonlySet<string>): WorkflowFile {
  const file = openSync(path, READ)
  try {
    const stats = fstatSync(file)
    if (!stats.isFile()) return withoutPlace({ message: `It is ${describeKind(stats)}, not a file.` })
    if (stats.size > maximumWorkflowBytes) return withoutPlace(tooLarge(stats.size))
    return readWorkflowFile(new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file)), name, roles)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    return withoutPlace({ message: 'It is not UTF-8 text.', hint: 'Save the file as UTF-8.' })
  } finally {
    closeSync(file)
  }
}
