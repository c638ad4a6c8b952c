import { AppError } from '../../../shared/errors.ts'
import { checkPath } from '../files/path-rules.ts'
import type { GitRules } from './git-rules.ts'
import type { IncludeGlobs } from './include-globs.ts'
import { limits } from './limits.ts'
import type { Entry } from './list-folder.ts'
import { tooLarge } from './read-regular.ts'
import { closedFileReason, isGitsOwn, madeFileReason, unreadFolderReason } from './unread-names.ts'

/** A folder on a walk: the rules that hold in it, and the topmost folder on the way to it that Git ignores. */
export type Folder = { readonly path: string; readonly rules: GitRules; readonly ignored: string | null }

/** What becomes of an entry: read, looked into, left out (`refused` where a person would miss it), or not worth a line. */
export type Verdict =
  | { readonly is: 'file' }
  | { readonly is: 'nothing' }
  | { readonly is: 'folder'; readonly ignored: string | null }
  | { readonly is: 'refused' | 'ordinary'; readonly reason: string }

/** Judges what lies in a folder by name, kind and size alone: nothing is opened. */
export function judgeEntry(folder: Folder, { name, kind, bytes }: Entry, include: IncludeGlobs): Verdict {
  const path = pathIn(folder, name)
  const isFolder = kind === 'a folder'
  if (isGitsOwn(name) || !(isFolder ? include.reaches(path) : include.takes(path))) return { is: 'nothing' }

  const oddity = nameOddity(path)
  if (oddity) return { is: 'refused', reason: oddity }
  if (isFolder) {
    const reason = unreadFolderReason(path)
    if (reason) return { is: 'ordinary', reason }
  } else {
    if (kind !== 'a file') return { is: 'refused', reason: `is ${kind}, and only plain files are read` }
    const reason = closedFileReason(path)
    if (reason) return { is: 'refused', reason }
  }

  const ignored = folder.ignored ?? (folder.rules.ignores(path, isFolder) ? path : null)
  if (ignored !== null && !include.overrules(ignored, path))
    return { is: 'ordinary', reason: 'is ignored by .gitignore; name it with --include to have it read' }
  if (isFolder) return { is: 'folder', ignored }

  const reason = madeFileReason(path)
  if (reason) return { is: 'ordinary', reason }
  if (bytes === 0) return { is: 'ordinary', reason: 'is empty' }
  if (bytes > limits.fileBytes) return { is: 'refused', reason: tooLarge(bytes, limits.fileBytes) }
  return { is: 'file' }
}

/** The path of a name in a folder of the workspace. */
export const pathIn = ({ path }: Pick<Folder, 'path'>, name: string): string =>
  path === '' ? name : `${path}/${name}`

/** What keeps a name from being one and the same everywhere; null for a good one. */
function nameOddity(path: string): string | null {
  try {
    return checkPath(path) === path ? null : 'has a name that other systems spell differently'
  } catch (error) {
    return AppError.from(error).message.replace(/^The path ".*" /s, '')
  }
}
