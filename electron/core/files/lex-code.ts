/** The lexical families that matter to where code may end. */
export type Syntax = 'python' | 'script' | 'braces' | 'rust' | 'css' | 'json'

type Rules = {
  /** What is worth a look: strings, comments, brackets. */
  readonly token: RegExp
  /** Openers of texts that may run over lines, with what closes them. */
  readonly long: Readonly<Record<string, string>>
  readonly lineComment: readonly string[]
}

const rules: Readonly<Record<Syntax, Rules>> = {
  python: { token: /"""|'''|#|["'()[\]{}]/g, long: { '"""': '"""', "'''": "'''" }, lineComment: ['#'] },
  script: { token: /\/\*|\/\/|["'`()[\]{}/]/g, long: { '`': '`', '/*': '*/' }, lineComment: ['//'] },
  braces: {
    token: /"""|\/\*|\/\/|["'()[\]{}]/g,
    long: { '"""': '"""', '/*': '*/' },
    lineComment: ['//'],
  },
  rust: { token: /\/\*|\/\/|["()[\]{}]/g, long: { '/*': '*/', '"': '"' }, lineComment: ['//'] },
  css: { token: /\/\*|["'()[\]{}]/g, long: { '/*': '*/' }, lineComment: [] },
  json: { token: /["[\]{}]/g, long: {}, lineComment: [] },
}

const closerOf: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }
// A slash behind one of these begins a regular expression, not a division.
const beforeRegExp = /(?:^|[(=,:[!&|?{;+*%~^]|\breturn)\s*$/
const regExpLiteral = /\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\//y
// In longer lines a regular expression is not looked for.
const longestLine = 1000
// Deeper nesting is no code that anyone would miss the end of.
const deepest = 2000

/** Reads code line by line, and knows what is still open: a text that runs over lines, or brackets. */
export class CodeLexer {
  readonly #rules: Rules
  /** What closes the text or comment that is open; null outside of one. */
  until: string | null = null
  /** Texts and comments over lines that have begun. */
  texts = 0
  /** Whether something did not add up: then nothing that is said here is sure. */
  isDoubtful = false
  readonly #open: string[] = []

  constructor(syntax: Syntax) {
    this.#rules = rules[syntax]
  }

  /** Brackets that are open. */
  get depth(): number {
    return this.#open.length
  }

  /** Takes one line, with its line end. */
  read(line: string): void {
    if (this.isDoubtful) return
    let at = 0
    while (at < line.length) {
      if (this.until !== null) {
        at = this.#endOfText(line, at, this.until)
        if (at < 0) return
        this.until = null
      }
      const { token } = this.#rules
      token.lastIndex = at
      const found = token.exec(line)
      if (!found) return
      at = this.#take(line, found[0], found.index)
      if (at < 0) return
    }
  }

  /** Takes one token; gives where to go on, or -1 where the line holds nothing more. */
  #take(line: string, text: string, at: number): number {
    const { lineComment, long } = this.#rules
    if (lineComment.includes(text)) return -1
    if (long[text] !== undefined) {
      this.until = long[text]
      this.texts++
      return at + text.length
    }
    if (text === '"' || text === "'") {
      const end = this.#endOfText(line, at + 1, text)
      if (end < 0) this.isDoubtful = !/\\\r?\n?$/.test(line)
      return end
    }
    if (text === '/') {
      regExpLiteral.lastIndex = at
      const isLiteral =
        line.length < longestLine &&
        beforeRegExp.test(line.slice(Math.max(0, at - 20), at)) &&
        regExpLiteral.test(line)
      return isLiteral ? regExpLiteral.lastIndex : at + 1
    }
    const closer = closerOf[text]
    if (closer !== undefined) this.#open.push(closer)
    else if (this.#open.pop() !== text) this.isDoubtful = true
    if (this.#open.length > deepest) this.isDoubtful = true
    return at + 1
  }

  /** Where the text goes on behind its closer; -1 where the line does not close it. */
  #endOfText(line: string, from: number, closer: string): number {
    for (let at = from; ;) {
      const end = line.indexOf(closer, at)
      if (end < 0) return -1
      let slashes = 0
      while (line[end - 1 - slashes] === '\\' && end - 1 - slashes >= from) slashes++
      if (slashes % 2 === 0 || closer === '*/') return end + closer.length
      at = end + 1
    }
  }
}

const families: readonly (readonly [Syntax, RegExp])[] = [
  ['python', /^(?:python3?|py|pyi|pyw)$/],
  ['script', /^(?:javascript|typescript|jsx?|tsx?|mjs|cjs|mts|cts|node)$/],
  ['rust', /^(?:rust|rs)$/],
  [
    'braces',
    /^(?:java|c|cpp|c\+\+|cc|cxx|h|hpp|cs|csharp|c#|go|golang|kotlin|kts?|swift|dart|scala|proto|groovy|gradle|sol|solidity)$/,
  ],
  ['css', /^(?:css|scss|less)$/],
  ['json', /^(?:json|geojson|webmanifest|ipynb)$/],
]

/** The family of a language as a fence names it, or of an extension; null where nothing is known of it. */
export function syntaxOf(language: string | null, path: string | null): Syntax | null {
  const extension = path?.slice(path.lastIndexOf('.') + 1).toLowerCase()
  for (const name of [extension, language?.toLowerCase()]) {
    const family = name && families.find(([, names]) => names.test(name))
    if (family) return family[0]
  }
  return null
}
