import { readFence } from './scan-lines.ts'
import { isPlausiblePath } from './plausible-path.ts'

/** A tag that begins a file: `<file path="a.py">`, `<write_file>` with a `<path>` below it, `<content>` under a path. */
export type ElementOpener = {
  readonly close: string
  /** The path as an attribute states it. */
  readonly path: string | null
  /** `action`: not a file at all, such as a command; `children`: path and content are elements of their own inside; `content`: the path stands above. */
  readonly form: 'attribute' | 'children' | 'content' | 'action'
  /** What the line has behind the tag. */
  readonly rest: string
}

/** What an element holds. */
export type ElementBody = { path: string | null; content: string; language: string | null; offset: number }

// Attributes that are a path whatever the tag, and those that are one only on a tag that is about files.
const pathAttribute = /^(?:file_?-?path|file_?-?name|target_?file|path)$/i
const looseAttribute = /^(?:file|name|src|title|id)$/i
const aboutFiles =
  /^(?:(?:\w*[_-])?(?:file|files|artifact|codeblock|code|source|document|write|create|module)(?:[_-]\w*)?|ant[Aa]rtifact|bolt[Aa]ction|writeFile|createFile|newFile)$/
const withChildren =
  /^(?:(?:write|create|save|new|add|edit|update|replace)_?(?:to_?)?_?file|file|writeFile|createFile|document|artifact|function|invoke|tool_call|tool_use|action|source_file)$/i
const actionTag = /^(?:bolt[Aa]ction|(?:lov|dyad)-(?!write|code|think)[\w-]+)$/
const contentTag = /^(?:content|contents|code|file_?contents?|file_?text|source_?code|document_?contents?)$/i
const html =
  /^(?:a|img|link|script|iframe|input|meta|form|button|area|audio|video|source|track|object|param|svg|path|g|map|embed|html)$/i

const openTag = /^[ \t]*<([A-Za-z][\w.:-]{0,40})(=[\w.-]{1,60})?((?:\s[^<>\n]{0,600})?)>(.*)$/s
const attribute = /([\w:-]{1,40})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g

/** Reads a line that opens an element which holds a file; null for any other. */
export function openElement(line: string): ElementOpener | null {
  const found = openTag.exec(line.length > 4000 ? line.slice(0, 4000) : line)
  if (!found) return null
  const [, name = '', , attributes = ''] = found
  if (attributes.endsWith('/')) return null
  const close = `</${name}>`
  const rest = line.slice(line.indexOf('>') + 1)
  const path = pathOf(name, attributes)
  if (path !== null) return { close, path, form: 'attribute', rest }
  if (withChildren.test(name)) return { close, path: null, form: 'children', rest }
  if (actionTag.test(name)) return { close, path: null, form: 'action', rest }
  return contentTag.test(name) ? { close, path: null, form: 'content', rest } : null
}

function pathOf(name: string, attributes: string): string | null {
  if (html.test(name)) return null
  for (const [, key = '', double, single, bare] of attributes.matchAll(attribute)) {
    const value = (double ?? single ?? bare ?? '').trim()
    if (pathAttribute.test(key)) return value
    if (looseAttribute.test(key) && aboutFiles.test(name) && isPlausiblePath(value, null, true).ok)
      return value
  }
  return null
}

const pathChild =
  /<(?:(?:file_?)?path|file_?name|target_file|name|file|source|title|parameter(?:=|\s+name=["']?)(?:file_?)?(?:path|name)["']?)>\s{0,20}([^<>\s][^<>\n]{0,300})\s{0,20}<\//i
const contentChild =
  /<((?:file_?)?contents?|code|file_?text|source_code|body|text|document_?contents?|parameter)((?:=|\s+name=["']?)(?:file_?)?(?:contents?|text|code)["']?)?>/i

/** A line that is a path in a tag of its own: `<path>src/a.py</path>`. */
export const pathTag =
  /^\s*(?:<details[^<>]{0,40}>\s*)?<(path|file|file_?path|file_?name|target_file|source|summary)>\s*(?:<(?:b|code|strong)>){0,2}`?([^<>\s`][^<>\n`]{0,300}?)`?\s*(?:<\/(?:b|code|strong)>){0,2}<\/\1>\s*$/i

/** Whether an element that begins so holds a file, as far as the tags in it tell. */
export const holdsFile = (beginning: string): boolean =>
  readElement(beginning.slice(beginning.indexOf('>') + 1), { form: 'children', path: null }, true) !== null

/** Reads what stands between an element's tags; `text` goes from the end of the opening tag to the closing one. */
export function readElement(
  text: string,
  { path, form }: Pick<ElementOpener, 'path' | 'form'>,
  isCut: boolean,
): ElementBody | null {
  if (form === 'children') {
    // A call of a tool as JSON.
    if (/^\s*[{[]/.test(text)) return { ...unwrap(null, text, 0), language: 'json' }
    const child = contentChild.exec(text)
    const named = pathChild.exec(child ? text.slice(0, child.index) : text.slice(0, 2000))
    const [, name = ''] = child ?? []
    const closing = child ? text.lastIndexOf(`</${name}>`) : -1
    const end = closing < 0 && isCut ? text.length : closing
    if (!child || !named || end < 0) return null
    const start = child.index + child[0].length
    return unwrap(named[1]!.trim(), text.slice(start, end), countLines(text.slice(0, start)))
  }
  const child = /^\s*<((?:file_?)?contents?|code)>/i.exec(text)
  const end = child ? text.lastIndexOf(`</${child[1]!}>`) : -1
  if (child && end >= 0 && text.slice(end).trim() === `</${child[1]!}>`)
    return unwrap(path, text.slice(child[0].length, end), countLines(child[0]))
  return unwrap(path, text, 0)
}

/** Takes off what only wraps the content: the line end behind the tag, CDATA, and one fence around all. */
function unwrap(path: string | null, inner: string, skipped: number): ElementBody {
  let text = inner
  let offset = skipped
  const drop = (start: RegExp) => {
    const [found] = start.exec(text) ?? []
    if (found === undefined) return
    text = text.slice(found.length)
    offset += countLines(found)
  }
  drop(/^[ \t]*\r?\n/)
  if (/^\s*<!\[CDATA\[/.test(text) && /\]\]>\s*$/.test(text)) {
    drop(/^\s*<!\[CDATA\[(?:[ \t]*\r?\n)?/)
    text = text.replace(/\]\]>\s*$/, '')
  }
  // The closing tag's own indentation.
  text = text.replace(/(^|\n)[ \t]+$/, '$1')
  return { path, ...withoutFence(text, offset) }
}

function withoutFence(text: string, offset: number): Omit<ElementBody, 'path'> {
  const whole = { content: text, language: null, offset }
  const lead = /^\s*/.exec(text)![0]
  const start = lead.lastIndexOf('\n') + 1
  const first = text.indexOf('\n', start)
  const fence = first < 0 ? null : readFence(text.slice(start, first))
  const body = text.trimEnd()
  const last = body.lastIndexOf('\n') + 1
  const closing = last > first ? readFence(body.slice(last)) : null
  if (!fence || !closing || closing.info !== '' || closing.mark !== fence.mark) return whole
  if (closing.length < fence.length) return whole
  const language = /^[a-z][\w+#.-]*/i.exec(fence.info)?.[0].toLowerCase() ?? null
  return {
    content: text.slice(first + 1, last),
    language,
    offset: offset + countLines(text.slice(0, first + 1)),
  }
}

const countLines = (text: string): number => {
  let count = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++
  return count
}
