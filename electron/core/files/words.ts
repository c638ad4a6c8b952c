/** Finds any of some words or phrases of any language; each stands for itself, with no letter beside it. */
export function anyOf(...lists: readonly string[]): RegExp {
  // Scripts that put no blanks between words are looked for anywhere.
  const words = lists.flatMap((list) => list.split('|'))
  const loose = words.filter((word) => /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u.test(word))
  const whole = words.filter((word) => !loose.includes(word))
  return new RegExp([`(?<![\\p{L}])(?:${whole.join('|')})(?![\\p{L}])`, ...loose].join('|'), 'iu')
}
