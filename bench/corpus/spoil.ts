import { comment, fenced, fenceWord } from './conventions.ts'
import type { Entry } from './convention.ts'
import type { ProjectFile } from './project.ts'
import type { Random } from './random.ts'

/** Whether a comment in the file can say that a part was left out: in plain text it would be text. */
export function canBeElided({ language, content }: ProjectFile): boolean {
  return !['json', 'text', 'markdown'].includes(language) && content.split('\n').length > 8
}

/** A file whose middle the model left out, in the words that models use for it. */
export function elide({ language, content, prose, random }: Entry): string {
  const lines = content.split('\n')
  const [from, to] = random.pick(wholeParts(lines))
  const indent = /^\s*/.exec(lines[from] ?? '')?.[0] ?? ''
  const mark = `${indent}${comment(language, random.pick(prose.elided))}`
  return `${lines.slice(0, from).join('\n')}\n${mark}${lines.slice(to).join('\n')}`
}

/** Runs of lines that can go without leaving a bracket open, by first line and the line after the last. */
function wholeParts(lines: readonly string[]): [from: number, to: number][] {
  const parts: [number, number][] = []
  for (let from = 2; from < lines.length - 3; from++)
    for (let to = from + 2; to < lines.length - 1; to++) {
      const part = lines.slice(from, to)
      const isWhole = lines[from]?.trim() !== '' && isBalanced(part.join('\n')) && isLevel(part)
      if (isWhole) parts.push([from, to])
    }
  const third = Math.floor(lines.length / 3)
  return parts.length > 0 ? parts : [[Math.max(2, third), third * 2]]
}

function isBalanced(text: string): boolean {
  let depth = 0
  for (const sign of text) {
    if ('([{'.includes(sign)) depth++
    if (')]}'.includes(sign) && --depth < 0) return false
  }
  return depth === 0
}

/** Whether no line is less indented than the first. */
function isLevel([first = '', ...others]: readonly string[]): boolean {
  const indent = first.length - first.trimStart().length
  return others.every((line) => line.trim() === '' || line.length - line.trimStart().length >= indent)
}

/** A second, other version of a file: its last word has one letter more. */
export function alter({ content }: Pick<ProjectFile, 'content'>): string {
  const lines = content.split('\n')
  const at = lines.findLastIndex((line) => /[A-Za-z]{3}/.test(line) && !line.includes('```'))
  if (at < 0) return `${content}VERSION = 2\n`
  lines[at] = lines[at]!.replace(/([A-Za-z])(?=[^A-Za-z]*$)/, '$1x')
  return lines.join('\n')
}

/** Where an answer may be cut in the middle of this file's text: well inside it, at no line's end. */
export function cutInside(text: string, random: Random): string {
  const from = Math.floor(text.length * 0.45)
  const at = from + random.below(Math.max(1, Math.floor(text.length * 0.3)))
  const cut = text.slice(0, at).trimEnd()
  // A cut right behind a fence or a line of the file would look like its end.
  return cut.replace(/\n[^\n]*`[^\n]*$/, '')
}

/** A model's thoughts with a draft of a file in it. */
export function think(entry: Entry, random: Random): string {
  const [open, close] = random.pick([
    ['<think>\n', '</think>\n\n'],
    ['<think>\n', '</think>\n'],
    ['<thinking>\n', '</thinking>\n\n'],
    ['[THINK]', '[/THINK]\n'],
    // A template that opened it in the prompt leaves the answer with an end only.
    ['', '</think>\n\n'],
  ] as const)
  const draft = fenced(
    { ...entry, content: entry.content.split('\n').slice(0, 5).join('\n') },
    fenceWord(entry),
  )
  return `${open}Okay, the user wants several files. A first draft:\n\n**${entry.path}**\n${draft}\nNo, that is too short. I will write it in full.\n${close}`
}

/** A later edit of a file of this answer, and what the file comes to; null where no line is there exactly once. */
export function editLater(
  { path, language, content }: ProjectFile,
  random: Random,
): { text: string; content: string } | null {
  const lines = content.split('\n')
  const once = lines.flatMap((line, at) => {
    const isSole = line.trim().length > 8 && !line.includes('`') && content.split(line).length === 2
    return isSole ? [at] : []
  })
  if (once.length === 0) return null
  const at = random.pick(once)
  const old = lines[at]!
  const edited = `${old}${comment(language, ' checked')
    .replace(/^(?=\S)/, '  ')
    .trimEnd()}`
  const block = random.chance(0.5)
    ? `${path}\n\`\`\`${language}\n<<<<<<< SEARCH\n${old}\n=======\n${edited}\n>>>>>>> REPLACE\n`
    : `\`\`\`diff\n${unifiedDiff(path, lines, at, edited)}`
  return {
    text: `One more change:\n\n${block}\`\`\`\n`,
    content: content.replace(old, () => edited),
  }
}

function unifiedDiff(path: string, lines: readonly string[], at: number, edited: string): string {
  const before = lines.slice(Math.max(at - 2, 0), at)
  const after = lines.slice(at + 1, Math.min(at + 3, lines.length - 1))
  const place = `${Math.max(at - 2, 0) + 1},${before.length + 1 + after.length}`
  const rows = [...before.map((line) => ` ${line}`), `-${lines[at]}`, `+${edited}`]
  const body = [...rows, ...after.map((line) => ` ${line}`)].map((row) => `${row}\n`).join('')
  return `--- a/${path}\n+++ b/${path}\n@@ -${place} +${place} @@\n${body}`
}
