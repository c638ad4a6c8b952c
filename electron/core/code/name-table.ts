import ignore, { type Ignore } from 'ignore'
import { foldName } from '../files/path-rules.ts'

/**
 * Makes a test of names out of a list in the language of .gitignore files: at any depth, a `/` at the end for folders,
 * `!` for exceptions. Names are compared case-folded; a folder's path ends in `/`.
 */
export function createNameTable(patterns: string): (path: string) => boolean {
  let table: Ignore | undefined
  return (path) =>
    (table ??= ignore({ ignorecase: false }).add(
      patterns.split(/\s+/).filter(Boolean).map(foldName),
    )).ignores(foldName(path))
}
