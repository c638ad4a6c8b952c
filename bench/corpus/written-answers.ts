import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LabelledAnswer } from './labelled-answer.ts'

const folder = join(import.meta.dirname, 'answers')

/**
 * The labels beside a written answer. A file's content is the lines `from` to `to` of the answer (1-based, both of
 * them included), less `indent` blanks at each start; or `content` where the answer does not hold it so.
 */
type WrittenLabels = {
  readonly convention: string
  readonly traps: readonly string[]
  readonly plan?: readonly string[]
  readonly files: readonly WrittenFile[]
  readonly mayBeFiles?: readonly WrittenFile[]
  readonly notWhole?: LabelledAnswer['notWhole']
  readonly mustNotBeFiles?: readonly string[]
  /** First and last lines of blocks that are no files. */
  readonly unplaced?: readonly (readonly [from: number, to: number])[]
}

type WrittenFile = {
  readonly path: string
  readonly from?: number
  readonly to?: number
  readonly indent?: number
  readonly content?: string
  readonly also?: readonly string[]
  /** How many first lines a reader may leave out, as they only name the file. */
  readonly optional?: number
}

/** The answers that were written by hand, each in the voice of another model, with their labels. */
export function readWrittenAnswers(): LabelledAnswer[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => readWrittenAnswer(name.slice(0, -'.md'.length)))
}

function readWrittenAnswer(name: string): LabelledAnswer {
  const text = readFileSync(join(folder, `${name}.md`), 'utf8').replaceAll('\r\n', '\n')
  const labels = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as WrittenLabels
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? []
  const cut = (from: number, to: number, indent = 0) =>
    lines
      .slice(from - 1, to)
      .map((line) => (line.slice(0, indent).trim() === '' ? line.slice(indent) || '\n' : line))
      .join('')
  const read = ({ path, from = 1, to = 0, indent = 0, content, also = [], optional = 0 }: WrittenFile) => ({
    path,
    content: content ?? cut(from, to, indent),
    also: optional > 0 ? [...also, cut(from + optional, to, indent)] : also,
  })
  return {
    name,
    convention: labels.convention,
    traps: labels.traps,
    text,
    ...(labels.plan ? { plan: labels.plan } : {}),
    files: labels.files.map(read),
    mayBeFiles: (labels.mayBeFiles ?? []).map(read),
    notWhole: labels.notWhole ?? [],
    mustNotBeFiles: labels.mustNotBeFiles ?? [],
    unplaced: (labels.unplaced ?? []).map(([from, to]) => cut(from, to)),
  }
}
