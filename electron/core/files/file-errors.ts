import type { Stats } from 'node:fs'
import { AppError, type ErrorCode } from '../../../shared/errors.ts'

interface Explanation {
  readonly code: ErrorCode
  readonly what: string
  readonly hint: string
}

const full: Explanation = {
  code: 'unavailable',
  what: 'the disk is full',
  hint: 'Free some space on that disk, then try again. The file that was there is as it was.',
}
const denied: Explanation = {
  code: 'unavailable',
  what: 'the system does not permit it',
  hint: 'Check who owns the file and its folder, and whether you may write there.',
}
const tooManyOpen: Explanation = {
  code: 'unavailable',
  what: 'too many files are open',
  hint: 'Wait until other work has ended or close other programs, then try again.',
}
const changed: Explanation = {
  code: 'conflict',
  what: 'something else lies in its place, or was put there meanwhile',
  hint: 'Look at that folder, then try again.',
}

const explanations = new Map<string, Explanation>([
  ['ENOSPC', full],
  ['EDQUOT', full],
  ['EACCES', denied],
  ['EPERM', denied],
  ['EMFILE', tooManyOpen],
  ['ENFILE', tooManyOpen],
  ['EISDIR', changed],
  ['ENOTDIR', changed],
  ['EEXIST', changed],
  ['ENOTEMPTY', changed],
  ['ELOOP', changed],
  [
    'EROFS',
    {
      code: 'unavailable',
      what: 'that disk is read-only',
      hint: 'Choose a workspace that can be written to.',
    },
  ],
  ['EIO', { code: 'unavailable', what: 'the disk reports a fault', hint: 'Check the disk, then try again.' }],
  [
    'EBUSY',
    { code: 'unavailable', what: 'it is in use', hint: 'Close the program that uses it, then try again.' },
  ],
  [
    'ENAMETOOLONG',
    { code: 'invalid', what: 'its name is too long for that disk', hint: 'Choose a shorter name.' },
  ],
  [
    'ENOENT',
    {
      code: 'not-found',
      what: 'its folder is gone',
      hint: 'Check that the workspace is still there, then try again.',
    },
  ],
])

/** Turns what the file system threw into an AppError in plain words; `doing` is such as "write src/main.ts". */
export function explainFileError(error: unknown, doing: string): AppError {
  const explanation = explanations.get(errorCode(error) ?? '')
  if (error instanceof AppError || !explanation) return AppError.from(error)
  const { code, what, hint } = explanation
  return new AppError(code, `Could not ${doing}: ${what}.`, { hint, cause: error })
}

/** The system's own name of an error, such as `ENOENT`. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

/** What lies at a place, in words: "a file", "a symbolic link". */
export function describeKind(stats: Stats): string {
  if (stats.isFile()) return 'a file'
  if (stats.isDirectory()) return 'a folder'
  if (stats.isSymbolicLink()) return 'a symbolic link'
  if (stats.isFIFO()) return 'a pipe'
  if (stats.isSocket()) return 'a socket'
  return 'a device'
}
