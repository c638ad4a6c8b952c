/** A change of a file: lines that are there, and what comes in their place. */
type Edit = { readonly path: string | null; readonly search: string; readonly replace: string }
/** What changes come to: the new text, or why they cannot be made. */
export type Edited =
  { readonly ok: true; readonly content: string } | { readonly ok: false; readonly reason: string }
/** The changes of one file; `creates` where there was none before. */
export type FileEdits = {
  readonly path: string | null
  readonly edits: readonly Edit[]
  readonly creates: boolean
  /** Index of the line where they begin. */
  readonly line: number
}

const searchMark = /^\s*<{5,9} ?(?:SEARCH|ORIGINAL)\b/
const divider = /^\s*={5,9}\s*$/
const replaceMark = /^\s*>{5,9} ?(?:REPLACE|UPDATED)\b/

/** Reads SEARCH/REPLACE blocks; null where the text has none, or one that does not end. */
export function readSearchReplace(text: string): FileEdits[] | null {
  if (!/^\s*<{5,9} ?(?:SEARCH|ORIGINAL)\b/m.test(text)) return null
  const files: (FileEdits & { edits: Edit[] })[] = []
  let part: 'outside' | 'search' | 'replace' = 'outside'
  let name: string | null = null
  let search: string[] = []
  let replace: string[] = []
  for (const [index, line] of linesOf(text).entries()) {
    if (part === 'outside') {
      if (searchMark.test(line)) part = 'search'
      else if (/\S/.test(line)) name = line.trim().replaceAll(/^[#`*\s]+|[`*:\s]+$/g, '')
      if (part === 'search') {
        const last = files.at(-1)
        if (!last || (name !== null && last.path !== name))
          files.push({ path: name, edits: [], creates: false, line: index })
      }
    } else if (part === 'search') {
      if (divider.test(line)) part = 'replace'
      else search.push(line)
    } else if (replaceMark.test(line)) {
      files.at(-1)!.edits.push({ path: name, search: search.join(''), replace: replace.join('') })
      ;[part, search, replace] = ['outside', [], []]
    } else replace.push(line)
  }
  if (part !== 'outside') return null
  return files.map((file) => ({
    ...file,
    creates: file.edits.length === 1 && file.edits[0]!.search.trim() === '',
  }))
}

/** Reads `*** Begin Patch` with `*** Add File:` and `*** Update File:`; null where the text is none, or a line has no sign. */
export function readPatch(text: string): FileEdits[] | null {
  if (!/^\s*\*\*\* Begin Patch\s*$/m.test(text)) return null
  const files: { path: string | null; edits: Edit[]; creates: boolean; line: number }[] = []
  let hunk: { old: string[]; new: string[] } | null = null
  const finish = () => {
    if (hunk && hunk.old.length + hunk.new.length > 0)
      files.at(-1)!.edits.push({ path: null, search: hunk.old.join(''), replace: hunk.new.join('') })
    hunk = null
  }
  for (const [index, line] of linesOf(text).entries()) {
    const begun = /^\*\*\* (Add|Update) File: (.*\S)\s*$/.exec(line)
    if (begun) {
      finish()
      files.push({ path: begun[2]!, edits: [], creates: begun[1] === 'Add', line: index })
      hunk = { old: [], new: [] }
    } else if (line.startsWith('*** End of File')) continue
    else if (line.startsWith('*** ')) finish()
    else if (line.startsWith('@@')) {
      finish()
      hunk = files.length > 0 ? { old: [], new: [] } : null
    } else if (hunk && files.at(-1)!.creates && !line.startsWith('+') && /\S/.test(line)) return null
    else if (hunk && !(files.at(-1)!.creates && !line.startsWith('+'))) takeDiffLine(hunk, line)
  }
  finish()
  return files.length > 0 ? files : null
}

/** Reads a unified diff; null where the text is none. Each hunk is one change. */
export function readUnifiedDiff(text: string): FileEdits[] | null {
  const lines = linesOf(text)
  const files: { path: string | null; edits: Edit[]; creates: boolean; line: number }[] = []
  let hunk: { old: string[]; new: string[] } | null = null
  const finish = () => {
    if (hunk) files.at(-1)!.edits.push({ path: null, search: hunk.old.join(''), replace: hunk.new.join('') })
    hunk = null
  }
  for (const [index, line] of lines.entries()) {
    const old = /^--- (?:"?(?:a\/)?(.*?)"?)(?:\t.*)?\r?\n?$/.exec(line)
    const next = old && /^\+\+\+ (?:"?(?:b\/)?(.*?)"?)(?:\t.*)?\r?\n?$/.exec(lines[index + 1] ?? '')
    if (old && next) {
      finish()
      const path = next[1] === '/dev/null' ? null : next[1]!.trim()
      files.push({ path, edits: [], creates: old[1] === '/dev/null', line: index })
    } else if (files.length > 0 && line.startsWith('@@')) {
      finish()
      hunk = { old: [], new: [] }
    } else if (hunk) takeDiffLine(hunk, line)
  }
  finish()
  return files.every(({ edits }) => edits.length === 0) ? null : files
}

function takeDiffLine(hunk: { old: string[]; new: string[] }, line: string): void {
  const rest = line.slice(1)
  if (line.startsWith('+')) hunk.new.push(rest)
  else if (line.startsWith('-')) hunk.old.push(rest)
  else if (line.startsWith('\\')) {
    for (const side of [hunk.old, hunk.new])
      side.push(...side.splice(-1).map((last) => last.replace(/\r?\n$/, '')))
  } else if (line.startsWith(' ') || !/\S/.test(line)) {
    // Models leave out the blank of an empty line.
    const same = line.startsWith(' ') ? rest : line
    hunk.old.push(same)
    hunk.new.push(same)
  }
}

/** Makes the changes, each where its lines are found exactly once; `before` is null for a file that is not there. */
export function applyEdits({ edits, creates }: FileEdits, before: string | null): Edited {
  if (creates)
    return before === null || before === ''
      ? { ok: true, content: edits.map(({ replace }) => replace).join('') }
      : exists
  if (before === null) return { ok: false, reason: 'its content is not known here' }
  let content = before
  for (const { search, replace } of edits) {
    const at = search === '' ? -1 : findLines(content, search, 0)
    if (at < 0) return { ok: false, reason: 'the lines that it replaces are not in the file' }
    if (findLines(content, search, at + 1) >= 0)
      return { ok: false, reason: 'the lines that it replaces are in the file more than once' }
    content = content.slice(0, at) + replace + content.slice(at + search.length)
  }
  return { ok: true, content }
}

const exists: Edited = { ok: false, reason: 'the file is there already' }

/** Where whole lines stand in a text, from some place on; -1 where they do not. */
function findLines(text: string, lines: string, from: number): number {
  for (let at = text.indexOf(lines, from); at >= 0; at = text.indexOf(lines, at + 1))
    if (at === 0 || text[at - 1] === '\n') return at
  return -1
}

const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+/g) ?? []
