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

/** Dots alone, or words in brackets or of other languages, that leave code out. */
const bare = String.raw`(?:(?:\.{2,}|…)[^\n]{1,80}(?:\.{3,}|…)\s*[)\]]?\s*(?:\*\/|-->)?\}?\s*$|(?:the )?rest of (?:your|the) [a-z ]{1,30}(?: (?:goes|stays|remains|is) (?:here|the same|unchanged))?(?: here)?\s*(?:\.{2,}|…)?\s*(?:\*\/|-->)\s*$|(?:\.{3,}|…)\s*[\])]?\s*(?:\*\/|-->)?\}?\s*$|(?:code|rest|implementation|content|lines?|body|methods?|functions?) (?:is |are )?(?:omitted|truncated|snipped|elided)\b[^\n]{0,40}$|(?:\.{2,}|…)?\s*[[(]?(?:omitted|truncated|snipped|elided)(?: for brevity)?\W*$|(?:\.{2,}|…)\s*[^\n]{0,20}(?:其余|剩余|省略|保持不变|残り|以下省略|나머지|생략|restlich|übrig|vorhanden|bestehend|bisherig|unverändert|reste|existant|inchangé|resto|existente|anterior|sin cambios|sem alterações|restante|остальн|существующ|прежн|без изменений|现有|不变|既存|変更なし|기존|동일)|(?:其余代码|其他代码|剩余代码|以下省略|残りのコード|나머지 코드)[^\n]{0,20}$|(?:your|the) existing (?:code|imports|methods|functions)(?: (?:here|goes here|remains?|stays?))?\.?\s*$)`

/** A comment that stands for code: `// ... rest of the code unchanged`, `# existing methods here`. */
const marker = new RegExp(`${comment}(?:${afterDots}|${alone}|${bare})`, 'i')

/** A cheap look before the dear one: no text without one of these leaves anything out. */
const hint =
  /\.\.|…|\b(?:rest|remainder|remaining|existing|previous|other|unchanged|omitted|truncated|snipped|elided|same as|everything|all else|code (?:remains|stays|is))\b|其余|其他代码|剩余代码|省略|残りのコード|나머지 코드/i

/** Words in brackets where code should be: `[rest of the function unchanged]`. */
const bracketed =
  /^\s*[[(<](?:\.{3}\s*)?(?:(?:the )?rest of|remaining|existing|previous|other|same as|unchanged)\b[^\n\])>,;=]{0,60}[\])>]\s*$/i

/** Files in which a line of three dots is no code. */
const noDots = /\.(?:[cm]?[jt]sx?|java|kt|go|rs|cs|c|cc|cpp|h|hpp|swift|php|scala|dart|css|scss|json)$/i

/**
 * The first line of a file that stands for lines left out, where the file as it was had no such line; else null. Where
 * all that was there before is still there, nothing has been left out.
 */
export function findElision(content: string, before: string, path = ''): string | null {
  if (!hint.test(content)) return null
  const known = linesOf(before)
  const dots = noDots.test(path) ? /^\s*(?:\.{3}|…)\s*$/ : /^(?:\.{3}|…)\s*$/
  const isOdd = (line: string) =>
    marker.test(line) || bracketed.test(line) || (path !== '' && !isYaml.test(path) && dots.test(line))
  const found = content
    .split('\n')
    .find((line) => line.length < 300 && hint.test(line) && isOdd(line) && !known.has(line.trim()))
  if (found === undefined) return null
  const now = linesOf(content)
  const isAllThere = known.size > 0 && [...known].every((line) => now.has(line))
  return isAllThere ? null : found.trim()
}

/** There, dots alone end a document. */
const isYaml = /\.ya?ml$/i

const linesOf = (text: string): ReadonlySet<string> =>
  new Set(text.split('\n').flatMap((line) => line.trim() || []))
