import { findElision } from './elision.ts'
import { isText } from './file-kinds.ts'
import { CodeLexer, syntaxOf } from './lex-code.ts'

/** Whether the text of a file is all of it, and what speaks against it. */
export type Completeness = {
  readonly complete: boolean
  /** The line that stands for lines left out. */
  readonly elided: string | null
  /** Why it cannot be all, in words behind the name of the file. */
  readonly lacks: string | null
}

/** What an open block lacks. */
export const neverClosed = 'its block never closed'

/** Judges a file by its fence, its end and the comments in it. `before` is the file as it was, where it is known. */
export function judgeCompleteness(
  { content, language, closed }: { content: string; language: string | null; closed: boolean },
  path: string,
  before: string | null = null,
): Completeness {
  const elided = isText(path) ? null : findElision(content, before ?? '', path)
  const lacks = closed ? lackAtEnd(content, language, path) : neverClosed
  return { complete: elided === null && lacks === null, elided, lacks }
}

/** What shows that a text breaks off before its end; null where nothing does. Only sure signs count. */
function lackAtEnd(content: string, language: string | null, path: string): string | null {
  if (/\.(?:html?|xhtml)$/i.test(path)) {
    const isPage = /<html[\s>]/i.test(content.slice(0, 3000))
    return isPage && !/<\/html>/i.test(content) ? 'it ends before </html>' : null
  }
  const syntax = syntaxOf(language, path)
  if (syntax === null || content.trim() === '') return null
  const lexer = new CodeLexer(syntax)
  for (let at = 0; at < content.length;) {
    const end = content.indexOf('\n', at) + 1 || content.length
    lexer.read(content.slice(at, end))
    at = end
  }
  if (lexer.isDoubtful) return null
  const last = lastLine(content)
  if (/^[ \t]+\S/.test(content) && syntax !== 'css' && syntax !== 'json')
    return 'it begins in the midst of a block'
  if (lexer.until !== null) return `it ends inside a text or comment that ${lexer.until} would close`
  if (syntax === 'json') return lexer.depth > 0 ? 'it ends inside brackets' : null
  // A bracket too many in an odd place is no proof; one that is open where the text hangs in the air is.
  if (lexer.depth > 0 && (/^[ \t]/.test(last) || /[([{,=+:.&|]$/.test(last.trimEnd())))
    return 'it ends inside brackets'
  const isCut = syntax === 'python' && /^[^#]*(?:[:\\,=]|\s(?:and|or|not|import))$/.test(last.trimEnd())
  return isCut ? 'its last line is not whole' : null
}

function lastLine(content: string): string {
  const text = content.trimEnd()
  return text.slice(text.lastIndexOf('\n') + 1)
}
