import { isMap, isNode, isScalar, isSeq, Lexer, LineCounter, parseDocument, Parser, visit } from 'yaml'
import type { Document, ErrorCode, Node, YAMLMap } from 'yaml'

/** A place in a text: line and column, both from 1 on. */
export type Place = { readonly line: number; readonly column: number }
/** What is wrong at a place, and what to do about it. */
export type PlacedProblem = Place & { readonly message: string; readonly hint?: string }
/** A YAML text as a value; null with problems where it cannot be read. */
export type YamlText = {
  readonly value: unknown
  readonly problems: readonly PlacedProblem[]
  /** Where the value at a path stands; where it is missing, what lacks it. */
  placeOf(path: readonly PropertyKey[]): Place
  /** Where a key of the mapping at a path stands. */
  placeOfKey(path: readonly PropertyKey[], key: string): Place
}

/** Brackets and lists inside each other; deeper ones would exhaust the parser. */
const mostNested = 64
/** Problems that one text is told to have. */
const mostTold = 50
const start: Place = { line: 1, column: 1 }

/**
 * Reads one YAML document of plain values: no tags, no aliases, no key twice. Lines are counted the same whatever ends
 * them. Never throws, and takes time in proportion to the text.
 */
export function readYaml(source: string): YamlText {
  const text = source.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n')
  const lines = new LineCounter()
  const unusable = (...problems: PlacedProblem[]): YamlText => ({
    value: null,
    problems,
    placeOf: () => start,
    placeOfKey: () => start,
  })
  const unseen = /[\p{Cc}--[\t\n]]/v.exec(text)
  if (unseen) return unusable({ ...placeAt(text, unseen.index), ...controlCharacter })
  const deep = findDeepNesting(text)
  if (deep !== null)
    return unusable({
      ...placeAt(text, deep),
      message: `Lists and mappings lie more than ${mostNested} deep.`,
    })

  // Its own look for keys that are there twice compares each with all others.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false })
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  const errors = document.errors.map(({ pos, code, message }) => ({
    ...at(pos[0]),
    ...explain(code, message),
  }))
  const problems = errors.length > 0 ? errors : findForeignParts(document, at)
  if (problems.length > 0) return unusable(...onePerLine(problems))
  return { value: document.toJS(), problems: [], ...placesIn(document, at) }
}

const controlCharacter = {
  message: 'There is a control character.',
  hint: 'Save the file as plain UTF-8 text.',
}

function placeAt(text: string, offset: number): Place {
  const before = text.slice(0, offset).split('\n')
  return { line: before.length, column: before.at(-1)!.length + 1 }
}

/** Where brackets or lists lie too deep inside each other; the parser itself would run out of stack there. */
function findDeepNesting(text: string): number | null {
  const parser = new Parser()
  let offset = 0
  for (const lexeme of new Lexer().lex(text)) {
    for (const _token of parser.next(lexeme)) continue
    if (parser.stack.length > 2 * mostNested) return offset
    offset = parser.offset
  }
  return null
}

/** What YAML has and plain values have not. */
function findForeignParts(document: Document.Parsed, at: (offset: number) => Place): PlacedProblem[] {
  const problems: PlacedProblem[] = []
  const tell = (node: unknown, message: string, hint: string) => {
    const [offset = 0] = (isNode(node) && node.range) || []
    problems.push({ ...at(offset), message, hint })
  }
  visit(document, {
    Alias: (_, node) =>
      tell(node, `*${node.source} stands for a value elsewhere.`, 'Write the value itself.'),
    Node: (_, node) => {
      if (node.tag)
        tell(node, `A tag (${node.tag}) stands before a value.`, 'Leave it out: plain values have none.')
    },
    Map: (_, map: YAMLMap) => {
      const seen = new Set<string>()
      for (const { key } of map.items) {
        if (!isScalar(key)) {
          tell(key ?? map, 'A list or a mapping stands where a name is expected.', 'Name it with a word.')
          continue
        }
        const name = nameOf(key)
        if (seen.has(name)) tell(key, `${quoted(name)} is there twice.`, 'Keep one of them.')
        seen.add(name)
      }
    },
  })
  return problems
}

/** A name in quotes, without characters that steer a terminal: an escape in quotes can hold any. */
const quoted = (name: string) => JSON.stringify(name.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '\ufffd'))

const nameOf = (key: unknown): string => (isScalar(key) ? String(key.value) : String(key))

function placesIn(document: Document.Parsed, at: (offset: number) => Place) {
  const place = (node: unknown): Place | null => (isNode(node) && node.range ? at(node.range[0]) : null)
  const walk = (path: readonly PropertyKey[]): Node | null => {
    let node: unknown = document.contents
    for (const key of path) {
      const next: unknown = isSeq(node)
        ? node.items[Number(key)]
        : isMap(node)
          ? node.items.find((pair) => nameOf(pair.key) === String(key))?.value
          : undefined
      if (!isNode(next)) break
      node = next
    }
    return isNode(node) ? node : null
  }
  return {
    placeOf: (path: readonly PropertyKey[]) => place(walk(path)) ?? start,
    placeOfKey: (path: readonly PropertyKey[], key: string) => {
      const map = walk(path)
      const pair = isMap(map) ? map.items.find((one) => nameOf(one.key) === key) : undefined
      return place(pair?.key) ?? place(map) ?? start
    },
  }
}

const quoteIt = 'Put the text in quotes.'
const explanations: Partial<Record<ErrorCode, { message: string; hint: string }>> = {
  BLOCK_AS_IMPLICIT_KEY: { message: 'A second ": " stands in this line.', hint: quoteIt },
  BAD_SCALAR_START: { message: 'A text without quotes cannot begin with this character.', hint: quoteIt },
  TAB_AS_INDENT: { message: 'A tab is used as indentation.', hint: 'Use spaces.' },
  MULTIPLE_DOCS: { message: 'A second document begins here.', hint: 'Keep one, and take out the "---".' },
}

const explain = (code: ErrorCode, message: string): { message: string; hint: string } =>
  explanations[code] ?? {
    message: `This is not YAML: ${message}.`,
    hint: 'Look at quotes, brackets and indentation, here and in the line above.',
  }

/** One slip makes many errors: the first of a line is the one that helps. */
function onePerLine(problems: readonly PlacedProblem[]): PlacedProblem[] {
  const first = new Map<number, PlacedProblem>()
  for (const problem of problems) if (!first.has(problem.line)) first.set(problem.line, problem)
  return [...first.values()].slice(0, mostTold)
}
