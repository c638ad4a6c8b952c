import type { Block } from './block.ts'
import { applyEdits, readPatch, readSearchReplace, readUnifiedDiff, type FileEdits } from './edits.ts'
import { isMarkdown } from './file-kinds.ts'
import { readHereDocuments } from './here-documents.ts'
import { readJsonFiles } from './json-files.ts'
import { isPlausiblePath } from './plausible-path.ts'

/** The content of a file as it is now; null for one that is not there, or not known. */
export type KnownContent = (path: string) => string | null
/** What is known before an answer, and with the files further up in it. */
type Contents = { readonly outside: KnownContent; readonly all: KnownContent }
/** What a convention makes of a block: the files in it, or null where it is not of that convention. */
type Unpack = (block: Block, known: Contents, scan: (text: string) => Block[]) => Block[] | null

/** Conventions in which a block is not a file but holds some, or changes some. The first that fits is taken. */
const conventions: readonly Unpack[] = [unpackEdits, unpackJson, unpackHereDocuments, unpackAnswer]

/** The files that a block holds, where it is not a file by itself. */
export function unpack(block: Block, known: Contents, scan: (text: string) => Block[]): Block[] {
  for (const convention of conventions) {
    const blocks = convention(block, known, scan)
    if (blocks) return blocks
  }
  return [block]
}

/** A diff, or SEARCH/REPLACE blocks: made where each change fits in exactly one place, else told with the reason. */
function unpackEdits(block: Block, known: Contents): Block[] | null {
  if (block.path !== null && /\.(?:diff|patch)$/i.test(block.path)) return null
  const isDiff =
    /^(?:diff|patch|udiff)$/.test(block.language ?? '') ||
    /^(?:diff --git |--- \S)/m.test(block.content.slice(0, 2000))
  const files =
    readSearchReplace(block.content) ??
    readPatch(block.content) ??
    (isDiff ? readUnifiedDiff(block.content) : null)
  return files && files.map((file) => editedBlock(block, file, known))
}

function editedBlock(block: Block, edits: FileEdits, known: Contents): Block {
  const stated = [edits.path, block.path, block.candidates[0]?.path ?? null]
  const path = stated.flatMap((one) => {
    const verdict = one === null ? null : isPlausiblePath(one)
    return verdict?.ok ? [verdict.path] : []
  })[0]
  const line = block.line + edits.line
  if (path === undefined)
    return { ...block, line, path: null, how: null, reason: 'It is a change, but of no file that it names.' }
  const edited = block.closed ? applyEdits(edits, (edits.creates ? known.outside : known.all)(path)) : cutEdit
  if (edited.ok)
    return {
      ...block,
      line,
      language: null,
      path,
      how: edits.creates ? 'diff' : 'edit',
      content: edited.content,
      reason: null,
      candidates: [],
    }
  const candidates = [{ path, why: 'The block is a change of it.' }]
  const reason = `It is a change of ${path} that cannot be made: ${edited.reason}.`
  return { ...block, line, path: null, how: null, reason, candidates }
}

const cutEdit = { ok: false, reason: 'it is cut off' } as const

/** JSON of paths and contents. */
function unpackJson(block: Block): Block[] | null {
  const isJson = block.language === null || /^(?:json5?|jsonc|text|tool_call|tool_code)$/.test(block.language)
  if (block.path !== null || !isJson) return null
  const files = readJsonFiles(block.content)
  return (
    files &&
    files.map((file) => ({ ...block, ...fileOfJson(file.path), language: null, content: file.content }))
  )
}

function fileOfJson(text: string): Pick<Block, 'path' | 'how' | 'reason' | 'candidates'> {
  const verdict = isPlausiblePath(text, null, true)
  if (verdict.ok) return { path: verdict.path, how: 'json', reason: null, candidates: [] }
  return { path: null, how: null, reason: verdict.reason, candidates: [] }
}

/** A shell script that writes files: they are files, and what else it does is not. */
function unpackHereDocuments(block: Block): Block[] | null {
  const isShell = block.language === null || /^(?:bash|sh|shell|zsh|console|terminal)$/.test(block.language)
  if (block.path !== null || !isShell) return null
  const files = readHereDocuments(block.content).flatMap(({ path, content, line, closed }) => {
    const verdict = isPlausiblePath(path)
    if (!verdict.ok) return []
    const named: Block = { ...block, path: verdict.path, how: 'inside', reason: null, candidates: [] }
    return [{ ...named, language: null, content, line: block.line + line, closed }]
  })
  return files.length > 0
    ? [...files, { ...block, reason: 'The files that it writes are taken out of it.' }]
    : null
}

/** An answer inside a block: an outer fence around files that all name themselves, from its first lines on. */
function unpackAnswer(block: Block, _known: Contents, scan: (text: string) => Block[]): Block[] | null {
  const mayHold =
    block.language === null ||
    isMarkdown(block.language, null) ||
    /^(?:text|plaintext|xml|html|output|tool_call)$/.test(block.language)
  if (block.path !== null || !mayHold || !/^\s*(?:`{3,}|~{3,}|<\w)/m.test(block.content)) return null
  const inner = scan(block.content)
  const [first] = inner
  const isAnswer = inner.every(({ path, how }) => path !== null && how !== 'inside') && first !== undefined
  if (!isAnswer || first.above.filter((line) => /\S/.test(line)).length > mostLead) return null
  const shift = block.line - 1
  return inner.map((one) => ({ ...one, line: one.line + shift, end: one.end + shift }))
}

/** Lines before the first file: its name, and a sentence. */
const mostLead = 2
