import type { Block } from './block.ts'
import { readJsonFiles } from './json-files.ts'
import { isPlausiblePath } from './plausible-path.ts'

type Line = { readonly at: number; readonly line: string }

/** What begins a call of a tool, as models write it where no server reads it: Mistral's mark, and the channel of gpt-oss. */
const call =
  /\[TOOL_CALLS\][ \t]*(?:[\w.-]+(?:\[CALL_ID\]\w+)?\[ARGS\])?[ \t]*(?=[{[])|(?:<\|start\|>assistant)?<\|channel\|>commentary to=[\w.-]+[^{}\n]{0,60}<\|message\|>[ \t]*(?=\{)/
const json = /^[ \t]*(?=\{\s*["}]|\[\s*[{"])/
const starts = new RegExp(`${call.source}|${json.source}`, 'gm')
const patchBegins = /^\*\*\* Begin Patch\s*$/
const patchEnds = /^\*\*\* End Patch\s*$/
const fileBegins = /^={3,} ?FILE: ?(\S.{0,200}?) ?={3,}\s*$/
const fileEnds = /^={3,} ?END[_ ]?FILE ?={3,}\s*$/

/** Files, or what could be some, that stand in the text between blocks: JSON, calls of tools, patches, `===FILE: a.py===`. */
export function readLoose(lines: readonly Line[]): Block[] {
  return [...readMarked(lines), ...readJson(lines)]
}

const blockOf = (content: string, line: number, lines: number): Block => ({
  ...{ path: null, how: null, reason: null, candidates: [], language: null, above: [] },
  ...{ content, line, end: line + lines, closed: true },
})

function readMarked(lines: readonly Line[]): Block[] {
  const blocks: Block[] = []
  for (let index = 0; index < lines.length; index++) {
    const { line, at } = lines[index]!
    const file = fileBegins.exec(line)
    const isPatch = patchBegins.test(line)
    if (!file && !isPatch) continue
    const [begins, ends] = isPatch ? [patchBegins, patchEnds] : [fileBegins, fileEnds]
    let end = index + 1
    // A block in between is not a part of it.
    const goesOn = () => lines[end]?.at === at + end - index && !begins.test(lines[end]!.line)
    while (goesOn() && !ends.test(lines[end]!.line)) end++
    const closed = goesOn()
    const from = isPatch ? index : index + 1
    const text = lines
      .slice(from, isPatch && closed ? end + 1 : end)
      .map((one) => one.line)
      .join('')
    const block = blockOf(text, lines[index]!.at + (isPatch ? 1 : 2), end - from)
    const language = isPatch ? 'diff' : null
    blocks.push({ ...block, language, closed, ...(file ? named(file[1]!, closed) : {}) })
    index = closed ? end : end - 1
  }
  return blocks
}

function named(text: string, closed: boolean): Partial<Block> {
  const verdict = isPlausiblePath(text, null, true)
  if (!verdict.ok) return { reason: verdict.reason }
  if (closed) return { path: verdict.path, how: 'tag' }
  const candidates = [{ path: verdict.path, why: 'The line above it names it.' }]
  return { reason: 'No line says where the file ends.', candidates }
}

/** JSON that holds files, wherever a line begins with it; what is marked as a call is told even where it is no whole JSON. */
function readJson(lines: readonly Line[]): Block[] {
  const text = lines.map(({ line }) => line).join('')
  const blocks: Block[] = []
  // However many brackets are open: what is looked at stays in proportion.
  let budget = 4 * text.length
  const lineAt = createLineFinder(lines)
  starts.lastIndex = 0
  for (let found = starts.exec(text); found && budget > 0; found = starts.exec(text)) {
    const from = found.index + found[0].length
    const end = endOfJson(text, from)
    budget -= (end ?? text.length) - from
    const isCall = call.test(found[0] + text[from]!)
    const content = text.slice(from, end ?? text.length)
    const holds = end !== null && readJsonFiles(content) !== null
    starts.lastIndex = holds ? end : from + 1
    if (!holds && !isCall) continue
    const block = { ...blockOf(content, lineAt(from), content.split('\n').length), language: 'json' }
    const reason = end === null ? 'The call of a tool breaks off.' : 'The call of a tool holds no file.'
    blocks.push(holds ? block : { ...block, closed: end !== null, reason })
  }
  return blocks
}

function createLineFinder(lines: readonly Line[]): (offset: number) => number {
  let [index, start] = [0, 0]
  return (offset) => {
    while (index + 1 < lines.length && start + lines[index]!.line.length <= offset)
      start += lines[index++]!.line.length
    return (lines[index]?.at ?? 0) + 1
  }
}

/** Where the JSON that begins at a place ends; null where it does not. */
function endOfJson(text: string, from: number): number | null {
  let depth = 0
  let inText = false
  for (let at = from; at < text.length; at++) {
    const sign = text[at]
    if (sign === '\\') at++
    else if (sign === '"') inText = !inText
    else if (inText) continue
    else if (sign === '{' || sign === '[') depth++
    else if ((sign === '}' || sign === ']') && --depth === 0) return at + 1
  }
  return null
}
