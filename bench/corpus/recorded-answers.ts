import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LabelledAnswer } from './labelled-answer.ts'

const source = join(import.meta.dirname, '../../../shared/samples/responses/metagpt-sample.json')

/** Of each answer with files: the path, and the first and last line of the content (1-based). */
const files: Readonly<Record<number, readonly (readonly [path: string, from: number, to: number])[]>> = {
  1: [
    ['main.py', 2, 15],
    ['game.py', 19, 92],
  ],
  5: [['game.py', 4, 32]],
  8: [['smart_search_engine/ranking.py', 4, 18]],
  9: [['smart_search_engine/user_feedback.py', 2, 29]],
  10: [['game.py', 2, 100]],
  14: [['main.py', 2, 19]],
  17: [['game.py', 2, 67]],
  18: [['game.py', 3, 45]],
  19: [['smart_search_engine/ranking.py', 2, 33]],
  20: [['smart_search_engine/user_feedback.py', 2, 18]],
  22: [['game.py', 2, 37]],
}

/** Methods with a comment and no body: its name is stated, and whether it is whole a reader may doubt. */
const doubtful: typeof files = { 0: [['game.py', 2, 50]] }

/** Answers that a public project recorded, with labels by hand; none where the samples are not there. */
export function readRecordedAnswers(): LabelledAnswer[] {
  if (!existsSync(source)) {
    process.stderr.write('No recorded answers: ../shared/samples/responses is not there.\n')
    return []
  }
  const answers = JSON.parse(readFileSync(source, 'utf8')) as { response: string }[]
  return answers.map(({ response }, index) => {
    const lines = response.match(/[^\n]*\n|[^\n]+$/g) ?? []
    const cut = ([path, from, to]: readonly [string, number, number]) => {
      const content = lines.slice(from - 1, to).join('')
      const withoutName = content.replace(/^## .*\n/, '')
      return { path, content, also: [withoutName, withoutName.replace(/^\n/, '')] }
    }
    return {
      name: `recorded ${index}`,
      convention: 'MetaGPT',
      traps: [],
      text: response,
      files: (files[index] ?? []).map(cut),
      mayBeFiles: (doubtful[index] ?? []).map(cut),
      notWhole: [],
      mustNotBeFiles: [],
      unplaced: [],
    }
  })
}
