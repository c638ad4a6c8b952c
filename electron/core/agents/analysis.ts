import { z } from 'zod'

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
export const LooseAnalysis = z.object({
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

export type Analysis = z.infer<typeof LooseAnalysis>

/** The analysis as the Markdown that people and later prompts read. */
export function renderAnalysis({ summary, stories, assumptions, questions }: Analysis): string {
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
const bullets = (lines: readonly string[]) => lines.map((line) => `- ${oneLine(line)}`).join('\n')

/** Model text inside a list or heading must not open a structure of its own. */
export const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()
