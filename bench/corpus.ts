import { generateAnswers } from './corpus/generate.ts'
import { readNaively } from './corpus/naive-reader.ts'
import { readWithPaddock } from './corpus/paddock-reader.ts'
import { addUp, judgeAnswer, type Score } from './corpus/score.ts'
import { readRecordedAnswers } from './corpus/recorded-answers.ts'
import { readWrittenAnswers } from './corpus/written-answers.ts'
import type { LabelledAnswer } from './corpus/labelled-answer.ts'
import type { Measure } from './measure.ts'

const generated = 600

/** How much of labelled answers is read exactly, beside a reader such as public projects have. */
export async function measureCorpus(): Promise<Measure[]> {
  return [
    ...compare('generated answers', generateAnswers(generated)),
    ...compare('answers written by hand', readWrittenAnswers()),
    ...compare('recorded answers', readRecordedAnswers()),
  ]
}

function compare(kind: string, answers: readonly LabelledAnswer[]): Measure[] {
  if (answers.length === 0) return []
  const what = `${answers.length} ${kind}`
  const ours = addUp(answers.map((answer) => judgeAnswer(answer, readWithPaddock)))
  const naive = addUp(answers.map((answer) => judgeAnswer(answer, readNaively)))
  const row = (name: string, aim: string, show: (score: Score) => string): Measure => ({
    measure: `${what}: ${name}`,
    paddock: show(ours),
    fetch: `line and fence ${show(naive)}`,
    aim,
  })
  return [
    row('files with exact name and content', '>= 95 %', ({ filesRight, files }) => share(filesRight, files)),
    row('whole replies right', '>= 90 %', ({ answersRight, answers: all }) => share(answersRight, all)),
    row('other content under a stated name', '0', ({ wrongContents }) => String(wrongContents)),
    row('wrong names', '0', ({ wrongNames }) => String(wrongNames)),
    row('cut, elided or contradictory files accepted', '0', ({ accepted }) => String(accepted)),
  ]
}

const share = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} % of ${whole}`
