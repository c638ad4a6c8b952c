import type { PlannedFile } from '../../../shared/change.ts'
import { isPlausiblePath } from '../files/plausible-path.ts'
import { oneLine } from './markdown.ts'

/** The files of a plan that may be written, in order, and what was refused, each with its reason. */
export type CheckedPlan = { readonly files: readonly PlannedFile[]; readonly refused: readonly string[] }

/** The most entries of a list that are looked at: each would be a call. */
const mostEntries = 1000
/** A purpose stands in the words of a task: it is one line, of no more characters than these. */
const longestPurpose = 400

/**
 * Checks a list of files: no path that leaves or that a system reserves, none twice (also by case alone), none without a
 * purpose. What is refused is said; a path that differs from a known one by case alone is that one; needs that are neither
 * in the list nor known are dropped, and files come after what they need.
 */
export function checkPlan(listed: readonly PlannedFile[], known: readonly string[] = []): CheckedPlan {
  const left = listed.length - mostEntries
  const refused =
    left > 0 ? [`${left} more entries: A plan has at most ${mostEntries.toLocaleString('en-US')}.`] : []
  const kept = new Map<string, PlannedFile>()
  const spell = spellingOf(known)
  for (const entry of listed.slice(0, mostEntries)) {
    const file = {
      ...entry,
      path: spell(entry.path),
      purpose: oneLine(entry.purpose).slice(0, longestPurpose),
      needs: entry.needs.map(spell),
    }
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

/** Gives a known path back where the other is spelled like it but for its case. */
function spellingOf(known: readonly string[]): (path: string) => string {
  const exact = new Set(known)
  const folded = new Map(known.map((path) => [path.toLowerCase(), path]))
  return (path) => (exact.has(path) ? path : (folded.get(path.toLowerCase()) ?? path))
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
