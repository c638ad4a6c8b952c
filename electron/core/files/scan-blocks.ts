import type { Block } from './block.ts'
import { readElement } from './element.ts'
import { isMarkdown } from './file-kinds.ts'
import { longerOf, nameBlock, nameFromBelow, noNameNear, otherReason, withHints } from './name-block.ts'
import { findNameInside, holdsSeveral } from './name-inside.ts'
import { isPlausiblePath } from './plausible-path.ts'
import { AnswerReader, linesAbove } from './read-answer.ts'
import type { RawBlock } from './readings.ts'
import { createLineSplitter } from './scan-lines.ts'

/** Reads an answer while it arrives. Cut in any pieces it gives the same blocks, in linear time. */
interface BlockScanner {
  feed(text: string): void
  /** All blocks, once the answer has ended: what comes later may still say what was meant before. */
  end(): Block[]
}

/** Creates a scanner for the blocks of one answer. */
export function createBlockScanner(reader = new AnswerReader()): BlockScanner {
  const lines = createLineSplitter((line) => reader.read(line))
  return {
    feed: (text) => lines.feed(text),
    end() {
      lines.end()
      const raws = reader.end()
      const blocks = raws.map((raw, index) => {
        const next = raws[index + 1]?.inside.at ?? reader.lines.length
        return nameFromBelow(toBlock(raw, reader), reader.textBetween(raw.to + 1, Math.min(next, raw.to + 3)))
      })
      return blocks.map((block, index) => withoutSharedHeading(block, raws[index]!, blocks[index + 1]))
    },
  }
}

function toBlock(raw: RawBlock, reader: AnswerReader): Block {
  const { inside, from, to, closed, since } = raw
  const above = reader.textBetween(Math.max(since, inside.at - linesAbove), inside.at)
  const place = { end: to + 1, closed, above }
  switch (inside.kind) {
    case 'fence': {
      const { naming, fence } = inside
      const content = withoutIndent(reader.lines.slice(from, to), fence.indent).join('')
      const { language, path, how, reason, candidates, refused } = naming
      const { otherOf = [] } = naming
      const said = { language, path, how, reason, candidates, refused, otherOf }
      const named = { ...said, content, line: from + 1, ...place }
      if (isLibrary(named, naming.style)) return unnamed(named, libraryReason)
      return nameFromMagic(named) ?? nameScript(named) ?? nameFromInside(withHints(named, above))
    }
    case 'element': {
      const { element, at } = inside
      const text = reader.lines.slice(at, closed ? to + 1 : to).join('')
      const start = text.indexOf(element.rest, text.indexOf('>'))
      const end = closed ? text.lastIndexOf(element.close) : text.length
      const body = readElement(text.slice(start, end), element, !closed)
      const naming = nameElement(body?.path ?? null, above, element.form === 'content')
      const { content, language, offset } = body ?? { content: text, language: null, offset: 0 }
      return { ...naming, language, content, line: at + 1 + offset, ...place }
    }
    case 'edit':
    case 'diff': {
      const { path, how, reason, candidates } = nameBlock('', above)
      const last = inside.kind === 'edit' && closed ? to + 1 : to
      const content = reader.lines.slice(from, last).join('')
      return { path, how, reason, candidates, language: 'diff', content, line: from + 1, ...place }
    }
  }
}

/** A heading that stands further above names a block only where it is the only one below it that could be the file. */
function withoutSharedHeading(block: Block, { inside }: RawBlock, next: Block | undefined): Block {
  if (inside.kind !== 'fence' || next === undefined || block.path === null) return block
  const { how, linesAbove: distance } = inside.naming
  if (how !== 'heading' || (distance ?? 0) <= 2) return block
  if (next.path !== null || next.language === null || next.language !== block.language) return block
  // What the next one is said to be is a part of this one.
  if (next.candidates.some((one) => one.path === block.path)) return block
  return unnamed(block, 'Several blocks stand under the heading that names a file.')
}

/** A block whose name is only one that it may have. */
const unnamed = (block: Block, reason: string): Block => ({
  ...block,
  path: null,
  how: null,
  reason,
  candidates: [{ path: block.path!, why: 'The heading above it names it.' }],
})

// A package of the project often has one of these names, and a file beside it too.
const usual = /^(?:app|main|server|core|project|models?|config|utils?)$/i
const libraryReason = 'The heading may be the name of a library: the code below uses it by that name.'

/** Whether a bare title is what its code imports or calls: `discord.py` above `import discord`. A file so named would be in its way. */
function isLibrary({ path, how, content }: Block, style: string | null): boolean {
  const parts = how === 'heading' ? /^(\w+)\.(\w+)$/.exec(path ?? '') : null
  if (!parts || usual.test(parts[1]!) || /`|file/i.test(style ?? '')) return false
  const imports = new RegExp(`^(?:import|from)\\s+${parts[1]!}(?![\\w.-])`, 'im')
  return parts[2] === 'py' ? imports.test(content.split(/"""|'''/, 1)[0]!) : content.includes(`${path!}(`)
}

/** A cell of a notebook that writes a file: its first line is an order, and no part of the file. */
function nameFromMagic(block: Block): Block | null {
  const magic = /^%%(?:writefile|file) +(?:["']?)([^\s"'-][^\r\n"']*?)["']? *\r?\n/.exec(
    block.content.slice(0, 400),
  )
  const verdict = magic && isPlausiblePath(magic[1]!, null, true)
  if (!verdict?.ok) return null
  const content = block.content.slice(magic![0].length)
  const named: Block = { ...block, path: verdict.path, how: 'inside', reason: null, candidates: [] }
  return { ...named, content, line: block.line + 1 }
}

/** A program without an extension in its name, as its first line and the name together say. */
function nameScript(block: Block): Block | null {
  const { refused, content } = block
  if (!refused || !content.startsWith('#!') || !/^[\w.-]+(?:\/[\w.-]+)+$/.test(refused)) return null
  const verdict = isPlausiblePath(`${refused}.sh`)
  if (!verdict.ok || refused.includes('.')) return null
  return { ...block, path: verdict.path.slice(0, -3), how: 'heading', reason: null, candidates: [] }
}

/** Names a block by its first comment where nothing else does, and looks whether the two agree where both do. */
function nameFromInside(block: Block): Block {
  const { content, language, path } = block
  // In Markdown, `# a.py` is a heading of the text.
  const inside = findNameInside(content, language)
  const isOfOther = inside !== null && (inside.isOther || block.otherOf?.includes(inside.path) === true)
  if (isOfOther && (path === null || path === inside.path)) {
    const named = { path: inside.path, why: 'The first line of the block names it.' }
    const candidates = [...block.candidates, named]
    const reason = otherReason(inside.path)
    return { ...block, path: null, how: null, reason, candidates, otherOf: [inside.path] }
  }
  if (!inside || inside.path === path || (isMarkdown(language, path) && inside.mark !== '<!--')) return block
  const candidate = { path: inside.path, why: 'The first line of the block names it.' }
  const candidates = [...block.candidates, candidate]
  if (path !== null) {
    const longer = longerOf(path, inside.path)
    if (longer !== null) return { ...block, path: longer }
    const named = { path, why: 'What stands above the block names it.' }
    const reason = `What stands above the block names ${path}, its first line ${inside.path}.`
    return { ...block, path: null, how: null, reason, candidates: [named, candidate] }
  }
  // What clearly meant to be another name, and is none, is no leave to use this one.
  const mayBeNamed = block.reason === null || block.reason === noNameNear || (block.otherOf ?? []).length > 0
  if (!mayBeNamed) return { ...block, candidates }
  if (holdsSeveral(content, inside, language))
    return {
      ...block,
      reason: 'The block holds several files: comments in it name more than one.',
      candidates,
    }
  return { ...block, path: inside.path, how: 'inside', reason: null, candidates: [] }
}

function nameElement(path: string | null, above: readonly string[], isBelowPath: boolean) {
  const none = { path: null, how: null, reason: null, candidates: [] }
  if (path !== null) {
    const verdict = isPlausiblePath(path, null, true)
    return verdict.ok
      ? { ...none, path: verdict.path, how: 'tag' as const }
      : { ...none, reason: verdict.reason }
  }
  if (!isBelowPath) return { ...none, reason: 'Its tag names no file.' }
  const { path: named, reason, candidates } = nameBlock('', above)
  return { ...none, path: named, how: named === null ? null : ('tag' as const), reason, candidates }
}

/** Takes off the indentation of the fence, where the content is indented with it. */
function withoutIndent(lines: readonly string[], indent: number): readonly string[] {
  if (indent === 0) return lines
  const first = lines.find((line) => /\S/.test(line))
  if (first === undefined || blanks(first) < indent) return lines
  return lines.map((line) => line.slice(Math.min(indent, blanks(line))))
}

const blanks = (line: string): number => /^[ \t]*/.exec(line)![0].length
