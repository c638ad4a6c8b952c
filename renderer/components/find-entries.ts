import type { Icon } from './icon.ts'

/** Something that the palette can find. */
export type Entry = {
  readonly id: string
  readonly kind: 'command' | 'file' | 'run'
  readonly group: string
  readonly title: string
  readonly detail?: string
  readonly icon?: Icon
  readonly keys?: string
  readonly run: () => void
}

const kinds: Readonly<Record<string, Entry['kind']>> = { '>': 'command', '@': 'file', '#': 'run' }
/** More than anyone reads; without a bound thousands of runs would be drawn. */
const most = 60

/** The entries that a query finds, the better ones first within their group. A first `>`, `@` or `#` chooses the kind. */
export function findEntries(entries: readonly Entry[], query: string): Entry[] {
  const kind = kinds[query[0] ?? '']
  const words = (kind ? query.slice(1) : query).toLowerCase().split(/\s+/).filter(Boolean)
  const scored = entries.flatMap((entry) => {
    if (kind && entry.kind !== kind) return []
    const score = scoreOf(entry, words)
    return score === null ? [] : [{ entry, score }]
  })
  const groups = [...new Set(scored.map(({ entry }) => entry.group))]
  return scored
    .sort(
      (one, other) =>
        groups.indexOf(one.entry.group) - groups.indexOf(other.entry.group) || one.score - other.score,
    )
    .slice(0, most)
    .map(({ entry }) => entry)
}

/** The smaller the better; null where a word is missing. A title that begins with the word is best. */
function scoreOf({ title, detail = '', id }: Entry, words: readonly string[]): number | null {
  const text = `${title} ${detail} ${id}`.toLowerCase()
  let score = 0
  for (const word of words) {
    const place = text.indexOf(word)
    if (place < 0) return null
    const isWordStart = place === 0 || /[^\p{L}\p{N}]/u.test(text[place - 1]!)
    score += place === 0 ? 0 : isWordStart ? 1 : 2
  }
  return score
}
