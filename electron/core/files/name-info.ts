import { isLanguage } from './file-kinds.ts'
import { longestLine, looksNamed, type Claim } from './name-line.ts'
import { isPlausiblePath } from './plausible-path.ts'

const keyedName =
  /(?:^|[\s{,[(:])(?:title|file|filename|file_name|filepath|file_path|path|name|source|src)\s?[=:]\s?(?:"([^"]*)"|'([^']*)'|([^\s,{}"'\])]+))/i

/** Reads a fence's line: `python:src/a.py`, `python src/a.py`, `python title="src/a.py"`, `src/a.py`, and the like. */
export function readInfo(whole: string): { language: string | null; claim: Claim | null } {
  if (whole.length > longestLine) return { language: null, claim: null }
  const stated = (text: string): Claim => ({ text, stated: true, quoted: true })
  const keyed = keyedName.exec(whole)
  if (keyed) {
    const text = keyed[1] ?? keyed[2] ?? keyed[3] ?? ''
    // A `name` or `src` may be anything: it names a file only where it is a path.
    const isLoose = /(?:name|source|src|title)\s?[=:]/i.test(keyed[0]) && !/file/i.test(keyed[0])
    const claim = isLoose && !looksNamed(text) ? null : stated(text)
    return { language: readLanguage(whole.slice(0, keyed.index)), claim }
  }
  const inQuotes = /^(["'])([^"']+)\1$/.exec(whole.trim())
  if (inQuotes && looksNamed(inQuotes[2]!)) return { language: null, claim: stated(inQuotes[2]!) }
  // `{1,3}` marks lines to be highlighted, `showLineNumbers` has them numbered.
  const info = whole
    .replace(/\s*(?:\{[\d,\s-]*\}|showLineNumbers|linenums|copy|lineNumbers|numberLines)\s*$/i, '')
    .trim()
  const commented = /^([\w+#.-]+)\s+(?:\/\/|#|--|<!--)\s*(?:file(?:name|path)?:\s*)?(\S+)(?:\s*-->)?$/i.exec(
    info,
  )
  if (commented && looksNamed(commented[2]!))
    return { language: readLanguage(commented[1]!), claim: stated(commented[2]!) }
  const bracketed = /^([\w+#.-]*)\s*[[({]\s*[`"']?([^\s\])}`"']+)[`"']?\s*[\])}]$/.exec(info)
  if (bracketed && /[./]/.test(bracketed[2]!) && !bracketed[2]!.startsWith('.'))
    return { language: readLanguage(bracketed[1]!), claim: stated(bracketed[2]!) }
  const pair = /^([^\s:/.]*):\s?(?!\/\/)(.*)$/.exec(info)
  if (pair) return { language: readLanguage(pair[1]!), claim: stated(pair[2]!.trim()) }

  const [first = '', second, third] = info.split(/\s+/)
  if (second === undefined && !isLanguage(first) && isPlausiblePath(first).ok)
    return { language: null, claim: stated(first) }
  // The path comes first, and the language behind it.
  if (
    second !== undefined &&
    third === undefined &&
    isLanguage(second) &&
    isPlausiblePath(first, second).ok &&
    !isLanguage(first)
  )
    return { language: readLanguage(second), claim: stated(first) }
  const isPair = second !== undefined && third === undefined
  // Behind a word that is no language, a name without folders may be the rest of a longer one.
  const named = isPair && looksNamed(second) && (isLanguage(first) || /[/\\]/.test(second)) ? second : null
  const odd = second === undefined && /[/\\<]|^file_?name$/i.test(first) ? first : null
  const text = named ?? odd
  const unsure = isPair && !isLanguage(first) ? { text: info, stated: false } : null
  return {
    language: odd === null ? readLanguage(first) : null,
    claim: text === null ? unsure : stated(text),
  }
}

function readLanguage(text: string): string | null {
  return /^\{?\.?([a-z][\w+#.-]*)/i.exec(text.trim())?.[1]?.toLowerCase() ?? null
}
