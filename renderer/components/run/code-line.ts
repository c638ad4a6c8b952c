/** A piece of a line of code with what it is; null where it has no colour of its own. */
export type CodePiece = { readonly text: string; readonly kind: CodeKind | null }
export type CodeKind = 'comment' | 'string' | 'number' | 'keyword' | 'function' | 'key'

const keywords = new Set(
  `abstract and as assert async await break case catch class const continue def del do elif else enum except export
  extends false finally for from function if implements import in interface is lambda let new nonlocal None not null
  or pass raise readonly return self static super switch this throw True true False try type typeof var void while
  with yield FROM RUN COPY WORKDIR ENV CMD ENTRYPOINT EXPOSE ARG USER SELECT INSERT UPDATE DELETE CREATE TABLE WHERE`.split(
    /\s+/,
  ),
)

// One pass from left to right; what is in none of the groups keeps the colour of text.
const pieces =
  /(?<key>^\s*(?:- )?(?:"(?:[^"\\]|\\.)*"|[\w.-]+)(?=:(?:\s|$)))|(?<comment>(?:^|(?<=\s))(?:#|\/\/|-- ).*$)|(?<string>"(?:[^"\\]|\\.)*"?|(?:\b[rbfuRBFU]{1,2}|(?<!\w))'(?:[^'\\]|\\.)*'?|`[^`]*`?)|(?<number>\b\d[\d_]*(?:\.\d+)?\b)|(?<word>[A-Za-z_]\w*)/g

// A sentence begins with a capital letter, has several words, and none of the signs that code is full of.
const sentence = /^\s*(?:[-*>] |\d+\. )?[A-Z][a-z]*(?=\s)(?!.*[{};=])(?:\S*\s+){5}/

/** Characters of a line that are coloured; the rest of a longer one is plain. */
const longest = 400

/** The pieces of one complete line, whatever language it is in: a hint for the eye, not a grammar. */
export function codePieces(line: string): CodePiece[] {
  const head = line.slice(0, longest)
  if (sentence.test(head)) return [{ text: line, kind: null }]
  const found: CodePiece[] = []
  let end = 0
  const push = (text: string, kind: CodeKind | null) => {
    if (text) found.push({ text, kind })
  }
  for (const match of head.matchAll(pieces)) {
    const isCalled = head[match.index + match[0].length] === '('
    const kind = kindOf(match.groups!, isCalled)
    if (!kind) continue
    push(head.slice(end, match.index), null)
    push(match[0], kind)
    end = match.index + match[0].length
  }
  push(line.slice(end), null)
  return found
}

function kindOf(groups: Record<string, string>, isCalled: boolean): CodeKind | null {
  const { key, comment, string, number, word } = groups
  if (key !== undefined) return 'key'
  if (comment !== undefined) return 'comment'
  if (string !== undefined) return 'string'
  if (number !== undefined) return 'number'
  if (word !== undefined && keywords.has(word)) return 'keyword'
  return isCalled ? 'function' : null
}
