import { z } from 'zod'
import { knownExtensions } from '../files/file-kinds.ts'

/**
 * Paths as a server's grammar can enforce them, so that even a weak model gives valid ones: relative, plain characters,
 * at most five folders, a known extension or a well-known name. What only code can judge is checked in `checkPlan`.
 * llama-server drops a whole pattern that holds an escaped slash; a slash in brackets means the same.
 */
const pathPattern = new RegExp(
  [
    '^(\\.github[/]workflows[/]|([A-Za-z0-9_][A-Za-z0-9_-]{0,31}[/]){0,5})',
    '([A-Za-z0-9_][A-Za-z0-9_-]{0,39}(\\.[a-z][a-z0-9]{0,9})?',
    `\\.(${knownExtensions.join('|')})`,
    '|Dockerfile|Makefile|Jenkinsfile|LICENSE|\\.gitignore|\\.dockerignore|\\.env\\.example|\\.gitlab-ci\\.yml)$',
  ].join(''),
)
const NewPath = z.string().regex(pathPattern)

/** A path that may be planned: a new one, or one of those that are there, whatever their names. */
const pathOf = (known: readonly string[]) => {
  const odd = known.filter((path) => !pathPattern.test(path))
  return odd.length > 0 ? z.union([NewPath, z.enum(odd)]) : NewPath
}

/** Begins with a word: a purpose of blanks or signs is none. */
const Purpose = z.string().regex(/^[A-Za-z][A-Za-z0-9 ,.;:'()_/-]{7,159}$/)

/** A list of files as a server can enforce it; `known` are the paths that are there already. */
export function fileListSchema(least: number, most: number, known: readonly string[] = []) {
  const path = pathOf(known)
  return z
    .array(z.object({ path, purpose: Purpose, needs: z.array(path).max(8) }))
    .min(least)
    .max(most)
}

/** The same list read leniently: every entry is checked on its own afterwards. */
export const looseFileList = z.array(
  z.object({
    path: z.string(),
    purpose: z.string().catch(''),
    needs: z.array(z.string()).catch([]),
  }),
)
