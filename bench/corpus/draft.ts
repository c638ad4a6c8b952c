import type { Convention, Entry, Rendered } from './convention.ts'
import type { ExpectedFile, LabelledAnswer } from './labelled-answer.ts'
import { noises } from './noise.ts'
import type { ProjectFile } from './project.ts'
import type { Prose } from './prose.ts'
import type { Random } from './random.ts'

/** What an answer comes to while it is written. */
export type Draft = {
  text: string
  readonly traps: string[]
  readonly files: Map<string, ExpectedFile>
  readonly mayBeFiles: ExpectedFile[]
  readonly notWhole: LabelledAnswer['notWhole'][number][]
  readonly names: string[]
  readonly blocks: string[]
}

/** An answer under way, and what it is written with. */
export type Writing = {
  readonly random: Random
  readonly prose: Prose
  readonly drawn: readonly ProjectFile[]
  readonly convention: Convention
  /** Whether it names files without their folders, which the plan then tells. */
  readonly isShort: boolean
  readonly draft: Draft
}

/** Puts something that is no file into the answer. */
export function addNoise({ random, prose, drawn, draft }: Writing): void {
  const { trap, make } = random.weigh(noises)
  const { text, names = [], blocks = [], changes } = make({ random, prose, files: drawn })
  draft.text += `${text}\n`
  draft.traps.push(trap)
  draft.names.push(...names)
  draft.blocks.push(...blocks)
  if (changes !== undefined) draft.notWhole.push({ path: changes, why: 'only a change' })
}

/** Whether a file has a line that opens or closes a fence. */
export const holdsFence = ({ content }: Pick<ProjectFile, 'content'>) => /^\s*(?:```|~~~)/m.test(content)

/** A file as an entry of an answer, with a fence that fits it or, as models do, does not. */
export function toEntry(file: ProjectFile, number: number, random: Random, prose: Prose): Entry {
  const fence = holdsFence(file) && random.chance(0.3) ? '````' : random.chance(0.04) ? '~~~' : '```'
  return { ...file, number, random, prose, fence }
}

/** Renders a file in the answer's convention; `path` is the one that the reader should come to. */
export function render(entry: Entry, { convention, isShort }: Writing): Rendered & { path: string } {
  const { path } = entry
  if (isShort) return { ...convention.render({ ...entry, path: lastName(path) }), path }
  const rendered = convention.render(entry)
  // A name with a space needs quotes of some kind around it.
  const quoted = [`\`${path}\``, `"${path}"`, `>${path}<`, `=${path}<`]
  if (!path.includes(' ') || quoted.some((quote) => rendered.text.includes(quote)))
    return { ...rendered, path }
  const dashed = path.replaceAll(' ', '-')
  return { ...convention.render({ ...entry, path: dashed }), path: dashed }
}

/** Writes a file into the answer; returns its text. */
export function writeFile(entry: Entry, writing: Writing): string {
  const { draft, isShort } = writing
  const { text, path, content = entry.content, also = [] } = render(entry, writing)
  draft.text += text
  draft.files.set(path, { path, content, also })
  if (isShort) draft.mayBeFiles.push({ path: lastName(path), content, also })
  return text
}

/** The last part of a path. */
export const lastName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
