const comment = String.raw`^\s*(?:#|\/\/|\/\*+|\*|--|<!--|;|%|\{\/\*)\s*[[(]?\s*`
const parts = 'code|functions?|methods?|imports?|tests?|lines|parts?|content|class(?:es)?'
const whole =
  'code|files?|functions?|methods?|class(?:es)?|module|script|program|implementation|component|query|page|tests?'
/** What may still come after the words; anything else makes a sentence of its own of them. */
const tail =
  'remains?|stays?|is|are|goes|as|the|same|unchanged|exactly|here|before|above|it|they|was|were|omitted|for|brevity'

/** After dots the words say enough: `# ... rest of the code`. */
const afterDots = String.raw`(?:\.{2,}|…)\s*[[(]?\s*(?:(?:the )?(?:rest|remainder) of|(?:all )?(?:the )?(?:existing|previous|other|remaining|unchanged) (?:${parts})\b|(?:code|everything(?: else)?|all else) (?:remains|stays|is) (?:the same|unchanged|as)|same as (?:before|above)|unchanged\b)`

/** Without dots they have to be all that the comment says: `# the rest of the arguments` is an ordinary one. */
const alone = String.raw`(?:(?:the )?(?:rest|remainder) of (?:the |this |your )?(?:${whole})|(?:all )?(?:the )?(?:other )?(?:existing|previous|remaining|unchanged) (?:${parts})|(?:all )?(?:the )?other (?:${parts}) (?:remains?|stays?|are|is|unchanged|omitted|here)|(?:code|everything(?: else)?|all else) (?:remains|stays|is) (?:the same|unchanged|as)|same as before|unchanged)(?: (?:${tail}))*\s*(?:\.|:|…|\)|\])*\s*(?:\*\/|-->)?\}?\s*$`

/** A comment that stands for code: `// ... rest of the code unchanged`, `# existing methods here`. */
const marker = new RegExp(`${comment}(?:${afterDots}|${alone})`, 'i')

/**
 * The first line of a file that stands for lines left out, where the file as it was had no such line; else null. Where
 * all that was there before is still there, nothing has been left out.
 */
export function findElision(content: string, before: string): string | null {
  const known = linesOf(before)
  const found = content
    .split('\n')
    .find((line) => line.length < 300 && marker.test(line) && !known.has(line.trim()))
  if (found === undefined) return null
  const now = linesOf(content)
  const isAllThere = known.size > 0 && [...known].every((line) => now.has(line))
  return isAllThere ? null : found.trim()
}

const linesOf = (text: string): ReadonlySet<string> =>
  new Set(text.split('\n').flatMap((line) => line.trim() || []))
