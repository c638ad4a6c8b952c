import { isLanguage } from './file-kinds.ts'
import { isPlausiblePath } from './plausible-path.ts'

/** A path that a block may have, and what speaks for it. */
export type Candidate = { path: string; why: string }

/** What the text around a block says of it. */
export type Naming = {
  language: string | null
  path: string | null
  how: 'fence' | 'heading' | null
  /** Why no path was taken although something looked like one, or null. */
  reason: string | null
  candidates: Candidate[]
}

/** Something that stands where a name stands; `stated` where it clearly means to be one. */
type Claim = { text: string; stated: boolean }

// Longer lines name nothing; the bound also keeps every expression below cheap.
const MAX_LINE = 400

/** Reads the name of a block from its fence's line and the lines above it, nearest last. */
export function nameBlock(info: string, above: readonly string[]): Naming {
  const { language, claim } = readInfo(info)
  const { near, far } = readAbove(above)
  const none = { language, path: null, how: null, reason: null, candidates: [] }

  const fence = judge(claim, language, "The fence's line names it.")
  const heading = judge(near, language, 'The line above the fence names it.')
  if (fence.path !== null && heading.path !== null) {
    const longer = longerOf(fence.path, heading.path)
    if (longer !== null) return { ...none, path: longer, how: longer === fence.path ? 'fence' : 'heading' }
    const reason = `The fence's line names ${fence.path}, the line above it ${heading.path}.`
    return { ...none, reason, candidates: [...fence.candidates, ...heading.candidates] }
  }
  if (fence.path !== null) return { ...none, path: fence.path, how: 'fence' }
  if (heading.path !== null) return { ...none, path: heading.path, how: 'heading' }

  const distant = far
    .map((claim) => judge(claim, language, 'A line further up names it.'))
    .findLast((found) => found.path !== null)
  const candidates = [...fence.candidates, ...heading.candidates, ...(distant?.candidates ?? [])]
  const reason =
    fence.reason ?? heading.reason ?? (candidates.length > 0 ? 'No name stands right at the block.' : null)
  return { ...none, reason, candidates }
}

/** Reads a name from the comment in a block's first line. It counts as a hint only: the line is part of the content. */
export function findNameInside(content: string, language: string | null): Candidate[] {
  const first = /^\s*([^\r\n]*)/.exec(content)?.[1] ?? ''
  if (first.length > MAX_LINE) return []
  const comment = /^(?:#+|\/\/+|--+|;+|%+|\/\*+|<!--|""")\s*(.*)$/.exec(first)?.[1]
  if (comment === undefined) return []
  const { path, candidates } = judge(
    readPathLine(comment.replace(/(?:\*\/|-->|""")$/, '')),
    language,
    'The first line of the block names it.',
  )
  return path === null ? [] : candidates
}

/** Whether `short` is the end of `path`, folder by folder: a name that left out the first folders. */
export function isTailOf(short: string, path: string): boolean {
  return path === short || path.endsWith(`/${short}`)
}

/** Reads a line that is all name: a heading, list item or bare line with a path, in backticks or after `File:`. */
export function readPathLine(line: string): Claim | null {
  if (line.length > MAX_LINE) return null
  const unmarked = line
    .trim()
    .replace(/^(?:(?:#{1,6}|[-*+•]|\d{1,3}[.)])\s+)+/, '')
    .replace(/^\*\*/, '')
  const label = /^(\p{L}[\p{L} ]{0,20}?)(?: ?\d{1,3})?(?:\*\*)?\s?[:：](?:\*\*)?\s*/u.exec(unmarked)
  const isLabelled = label !== null && labels.has(label[1]!.toLowerCase())
  const rest = isLabelled ? unmarked.slice(label[0].length) : unmarked
  const bare = rest.replace(/\s?(?::\*\*|\*\*[:：]|\*\*|[:：])$/, '').replace(/^\*\*/, '')
  const text = /^`+([^`]+)`+$/.exec(bare)?.[1]?.trim() ?? bare
  if (text === '') return null
  return { text, stated: isLabelled || (text !== bare ? looksNamed(text) : isAllName(text)) }
}

const labels = new Set(
  [
    'file, filename, file name, filepath, file path, path, code, new file, updated file, create file',
    'datei, dateiname, fichier, archivo, arquivo, bestand, plik, файл, 文件, 文件名, 文件路径, ファイル, ファイル名, 파일',
  ].flatMap((line) => line.split(', ')),
)

const keyedName =
  /(?:^|[\s{,])(?:title|file|filename|file_name|filepath|path)\s?[=:]\s?(?:"([^"]*)"|'([^']*)'|([^\s,{}"']+))/i

function readInfo(info: string): { language: string | null; claim: Claim | null } {
  if (info.length > MAX_LINE) return { language: null, claim: null }
  const keyed = keyedName.exec(info)
  if (keyed) {
    const text = keyed[1] ?? keyed[2] ?? keyed[3] ?? ''
    return { language: readLanguage(info.slice(0, keyed.index)), claim: { text, stated: true } }
  }
  const pair = /^([^\s:/.]*):\s?(?!\/\/)(.*)$/.exec(info)
  if (pair) return { language: readLanguage(pair[1]!), claim: { text: pair[2]!, stated: true } }

  const [first = '', second, third] = info.split(/\s+/)
  if (second === undefined && !isLanguage(first) && isPlausiblePath(first).ok) {
    return { language: null, claim: { text: first, stated: true } }
  }
  const named = third === undefined && second !== undefined && looksNamed(second) ? second : null
  const odd = second === undefined && /[/\\<]|^file_?name$/i.test(first) ? first : null
  const text = named ?? odd
  return {
    language: odd === null ? readLanguage(first) : null,
    claim: text === null ? null : { text, stated: true },
  }
}

function readLanguage(text: string): string | null {
  return /^\{?\.?([a-z][\w+#.-]*)/i.exec(text.trim())?.[1]?.toLowerCase() ?? null
}

function readAbove(above: readonly string[]): { near: Claim | null; far: (Claim | null)[] } {
  const nearest = above.findLastIndex((line) => line.trim() !== '')
  const isNear = nearest >= 0 && above.length - nearest <= 2
  return {
    near: isNear ? readPathLine(above[nearest]!) : null,
    far: above.slice(0, isNear ? nearest : nearest + 1).map(readPathLine),
  }
}

function judge(
  claim: Claim | null,
  language: string | null,
  why: string,
): Pick<Naming, 'path' | 'reason' | 'candidates'> {
  if (!claim) return { path: null, reason: null, candidates: [] }
  const verdict = isPlausiblePath(claim.text, language)
  if (verdict.ok) return { path: verdict.path, reason: null, candidates: [{ path: verdict.path, why }] }
  const inAnyLanguage = isPlausiblePath(claim.text)
  const candidates = inAnyLanguage.ok ? [{ path: inAnyLanguage.path, why }] : []
  return { path: null, reason: claim.stated ? verdict.reason : null, candidates }
}

function longerOf(one: string, other: string): string | null {
  if (isTailOf(other, one)) return one
  return isTailOf(one, other) ? other : null
}

function isAllName(text: string): boolean {
  // A dot alone is too little: headings such as `Node.js` or `os.path` mean no file.
  return /[<>]|:\/\/|^[^\s`]*[/\\][^\s`]*$/.test(text) || isPlausiblePath(text).ok
}

function looksNamed(text: string): boolean {
  return /[./\\<>]|^file_?name$/i.test(text) || isPlausiblePath(text).ok
}
