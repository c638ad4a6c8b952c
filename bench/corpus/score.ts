import type { ExpectedFile, LabelledAnswer, Reader, ReadFile } from './labelled-answer.ts'

/** Something that a reader got wrong. */
export type Miss = {
  readonly answer: string
  readonly convention: string
  readonly traps: readonly string[]
  readonly kind: 'lost' | 'not whole' | 'content' | 'wrong name' | 'accepted'
  readonly path: string
  readonly expected: string
  readonly got: string
}

/** Counts over some answers; `accepted` are cut, elided or contradictory files that were taken as whole. */
export type Score = {
  readonly answers: number
  readonly answersRight: number
  readonly files: number
  readonly filesRight: number
  readonly wrongNames: number
  readonly wrongContents: number
  readonly accepted: number
}

/** One answer, and all that was wrong with what a reader made of it. */
export type Judged = { readonly answer: LabelledAnswer; readonly misses: readonly Miss[] }

/** Reads an answer and compares with its labels. */
export function judgeAnswer(answer: LabelledAnswer, reader: Reader): Judged {
  const { name, convention, traps } = answer
  const read = reader(answer.text, answer.plan)
  const miss = (kind: Miss['kind'], path: string, expected: string, got: string): Miss => ({
    answer: name,
    convention,
    traps,
    kind,
    path,
    expected,
    got,
  })
  const lost = answer.files.flatMap((expected) => {
    const { path, content } = expected
    const found = read.find((file) => file.path === path)
    if (!found) return [miss('lost', path, content, '')]
    if (!isContentOf(found.content, expected)) return [miss('content', path, content, found.content)]
    return found.whole ? [] : [miss('not whole', path, content, found.content)]
  })
  const wrong = read
    .filter((file) => !isStated(file, answer))
    .map(({ path, content }) => miss('wrong name', path, '', content))
  const accepted = answer.notWhole
    .filter(({ path }) => read.some((file) => file.path === path && file.whole))
    .map(({ path, why }) => miss('accepted', path, why, read.find((file) => file.path === path)!.content))
  return { answer, misses: [...lost, ...wrong, ...accepted] }
}

/** Whether the text names this file so, and the content is not a block that has another name or none. */
function isStated({ path, content }: ReadFile, answer: LabelledAnswer): boolean {
  const { files, notWhole, mayBeFiles = [], mustNotBeFiles, unplaced } = answer
  const known = [...files, ...mayBeFiles].find((file) => file.path === path)
  if (known && isContentOf(content, known)) return true
  if (mustNotBeFiles.includes(path)) return false
  if (!known && !notWhole.some((file) => file.path === path)) return false
  const isOfAnother = content !== '' && files.some((file) => file.path !== path && file.content === content)
  return !isOfAnother && !unplaced.includes(content)
}

function isContentOf(content: string, file: ExpectedFile): boolean {
  return content === file.content || (file.also ?? []).includes(content)
}

/** Adds up what was judged. */
export function addUp(judged: readonly Judged[]): Score {
  const misses = judged.flatMap((one) => one.misses)
  const count = (...kinds: Miss['kind'][]) => misses.filter(({ kind }) => kinds.includes(kind)).length
  const files = judged.reduce((sum, { answer }) => sum + answer.files.length, 0)
  return {
    answers: judged.length,
    answersRight: judged.filter((one) => one.misses.length === 0).length,
    files,
    filesRight: files - count('lost', 'content', 'not whole'),
    wrongNames: count('wrong name'),
    wrongContents: count('content'),
    accepted: count('accepted'),
  }
}

/** Groups what was judged by names that each answer has. */
export function groupBy(
  judged: readonly Judged[],
  namesOf: (answer: LabelledAnswer) => readonly string[],
): Map<string, Judged[]> {
  const groups = new Map<string, Judged[]>()
  for (const one of judged)
    for (const name of namesOf(one.answer)) groups.set(name, [...(groups.get(name) ?? []), one])
  return groups
}
