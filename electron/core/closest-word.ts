/** The known word that a misspelled one is most likely meant to be; null where none is near. */
export function closestWord(word: string, known: Iterable<string>): string | null {
  const given = plain(word)
  if (given.length > 60) return null
  let best: { word: string; distance: number } | null = null
  for (const candidate of known) {
    const target = plain(candidate)
    const distance = editsBetween(given, target)
    const near = distance <= Math.max(1, Math.floor(target.length / 3))
    if (near && (best === null || distance < best.distance)) best = { word: candidate, distance }
  }
  return best?.word ?? null
}

/** Case and the way in which words are joined make no difference: `dependsOn` is `depends_on`. */
const plain = (word: string) => word.toLowerCase().replaceAll(/[\s_-]/g, '')

/** How many letters have to be added, left out, changed or swapped with their neighbour. */
function editsBetween(one: string, other: string): number {
  let before: number[] = []
  let last = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let i = 1; i <= one.length; i++) {
    const row = [i]
    for (let j = 1; j <= other.length; j++) {
      const isSame = one[i - 1] === other[j - 1]
      const isSwap = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]
      row[j] = Math.min(
        last[j]! + 1,
        row[j - 1]! + 1,
        last[j - 1]! + (isSame ? 0 : 1),
        isSwap ? before[j - 2]! + 1 : Infinity,
      )
    }
    before = last
    last = row
  }
  return last[other.length]!
}
