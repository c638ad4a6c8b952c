import { z } from 'zod'
import { counted } from '../../../shared/counted.ts'
import { readJsonAnswer } from './json-answer.ts'
import { bullets, oneLine } from './markdown.ts'
import { readProse } from './prose.ts'

const Line = z.string().min(1)

/** What the business analyst makes of the requirement. The bounds keep a weak model's answer finite. */
export const Analysis = z.object({
  summary: Line,
  stories: z
    .array(z.object({ title: Line, story: Line, criteria: z.array(Line).max(8) }))
    .min(1)
    .max(24),
  assumptions: z.array(Line).max(16).default([]),
  questions: z.array(Line).max(5).default([]),
})

/** The same read leniently: more than the bounds is no fault, and what is missing is empty. */
const LooseAnalysis = z.object({
  summary: z.string().default(''),
  stories: z
    .array(
      z.object({
        title: z.string(),
        story: z.string().default(''),
        criteria: z.array(z.string()).default([]),
      }),
    )
    .min(1),
  assumptions: z.array(z.string()).default([]),
  questions: z.array(z.string()).default([]),
})
type LooseAnalysis = z.infer<typeof LooseAnalysis>

/** An analysis as it is kept: its Markdown, one line on it, and what it assumes. */
type ReadAnalysis = {
  readonly text: string
  readonly summary: string
  readonly assumptions: readonly string[]
}

/** Shorter text than this, without the asked form, is no analysis. */
const leastText = 200

/** What an answer lacks that should be an analysis, as a sentence for the model; null when it will do. */
export const lackOfAnalysis = (answer: string): string | null =>
  readJsonAnswer(answer, LooseAnalysis) || readProse(answer, leastText)
    ? null
    : 'Your answer was not the JSON object that was asked for, with a summary and at least one story.'

/** Reads an answer that lacks nothing: the JSON that was asked for, else its words as they are. */
export function readAnalysis(answer: string): ReadAnalysis {
  const analysis = readJsonAnswer(answer, LooseAnalysis)
  if (!analysis) {
    const text = `${readProse(answer, leastText) ?? answer.trim()}\n`
    return { text, summary: 'Analysis in free text: the server kept to no schema.', assumptions: [] }
  }
  const { stories, assumptions, questions } = analysis
  const criteria = stories.reduce((sum, story) => sum + story.criteria.length, 0)
  const summary = `${counted(stories.length, 'story', 'stories')}, ${counted(criteria, 'criterion', 'criteria')}, ${counted(assumptions.length, 'assumption')}, ${counted(questions.length, 'open question')}.`
  return { text: renderAnalysis(analysis), summary, assumptions }
}

function renderAnalysis({ summary, stories, assumptions, questions }: LooseAnalysis): string {
  return [
    '# Requirements\n',
    `${oneLine(summary)}\n`,
    '## User stories\n',
    ...stories.flatMap(({ title, story, criteria }, index) => [
      `### US-${index + 1} ${oneLine(title)}\n`,
      `${oneLine(story)}\n`,
      ...(criteria.length > 0 ? ['Acceptance criteria:\n', `${bullets(criteria)}\n`] : []),
    ]),
    ...titled('Assumptions', assumptions),
    ...titled('Open questions', questions),
  ].join('\n')
}

const titled = (title: string, lines: readonly string[]) =>
  lines.length > 0 ? [`## ${title}\n`, `${bullets(lines)}\n`] : []
