import type { PlannedFile } from '../../../shared/change.ts'
import { isPlausiblePath } from '../files/plausible-path.ts'

/** The files of a plan that may be written, in order, and what was refused, each with its reason. */
export type CheckedPlan = { readonly files: readonly PlannedFile[]; readonly refused: readonly string[] }

/**
 * Checks a list of files: no path that leaves or that a system reserves, none twice (also by case alone), none without a
 * purpose. What is refused is said; needs that are neither in the list nor known are dropped, and files come after what
 * they need.
 */
export function checkPlan(listed: readonly PlannedFile[], known: readonly string[] = []): CheckedPlan {
  const refused: string[] = []
  const kept = new Map<string, PlannedFile>()
  for (const file of listed) {
    const problem = problemOf(file, kept)
    if (problem) refused.push(`${JSON.stringify(file.path)}: ${problem}`)
    else kept.set(file.path.toLowerCase(), file)
  }
  const paths = new Set([...known, ...[...kept.values()].map(({ path }) => path)])
  const files = [...kept.values()].map((file) => ({
    ...file,
    needs: [...new Set(file.needs)].filter((need) => need !== file.path && paths.has(need)),
  }))
  return { files: inOrder(files), refused }
}

function problemOf({ path, purpose }: PlannedFile, kept: ReadonlyMap<string, PlannedFile>): string | null {
  if (!/\p{L}/u.test(purpose)) return 'It has no purpose.'
  if (kept.has(path.toLowerCase())) return 'It is listed twice.'
  const plausible = isPlausiblePath(path)
  if (!plausible.ok) return plausible.reason
  // It was checked on the way, and comes back in its one plain form.
  return plausible.path === path ? null : 'Its path is not in its plain form.'
}

/** Each file after those of its own kind that it needs, else as listed; a circle is left in the listed order. */
function inOrder(files: readonly PlannedFile[]): PlannedFile[] {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const placed = new Set<PlannedFile>()
  const place = (file: PlannedFile, above: ReadonlySet<PlannedFile>) => {
    if (placed.has(file) || above.has(file)) return
    for (const need of file.needs) {
      const other = byPath.get(need)
      if (other?.kind === file.kind) place(other, new Set([...above, file]))
    }
    placed.add(file)
  }
  for (const file of files) place(file, new Set())
  return [...placed]
}
