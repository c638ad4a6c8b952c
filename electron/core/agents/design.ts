import { z } from 'zod'
import type { PlannedFile } from '../../../shared/change.ts'
import { oneLine, sentence } from './markdown.ts'
import { fileListSchema, looseFileList } from './path-grammar.ts'
import { bugSchema, LooseFinding, renderFindings, type Finding } from './report.ts'
import { fileKinds, type PlanForm } from './task-forms.ts'

const Line = z.string().min(1)

/** What is decided, and the list of files by kind, under the bounds that a server can enforce. */
export function designSchema({ kinds, defects }: PlanForm, known: readonly string[] = []) {
  const lists = Object.entries(kinds).map(
    ([kind, [least, most]]) => [kind, fileListSchema(least, most, known)] as const,
  )
  const design = z.object({
    overview: Line,
    decisions: z
      .array(z.object({ decision: Line, reason: Line }))
      .min(1)
      .max(16),
    files: z.object(Object.fromEntries(lists)),
  })
  return defects ? design.extend({ defects: z.array(bugSchema(known)).max(8) }) : design
}

const looseFiles = looseFileList.default([])

/** The same read leniently, as a server without schemas lets it come: every entry is checked on its own afterwards. */
export const LooseDesign = z.object({
  overview: z.string().default(''),
  decisions: z.array(z.object({ decision: z.string(), reason: z.string().default('') })).default([]),
  files: z.object({
    implementation: looseFiles,
    testing: looseFiles,
    deployment: looseFiles,
    documentation: looseFiles,
  }),
  defects: z.array(LooseFinding).default([]),
})
export type LooseDesign = z.infer<typeof LooseDesign>

/** What is said of defects that nobody has seen happen. */
export const byReading = 'Found by reading the code: nothing was run.'

/** The planned files in the order of their groups, unchecked. */
export const listFiles = ({ files }: LooseDesign): PlannedFile[] =>
  fileKinds.flatMap((kind) => files[kind].map((file) => ({ ...file, kind })))

/** The design as the Markdown that people and later prompts read; `plan` is the checked list. */
export function renderDesign(
  title: string,
  { overview, decisions }: LooseDesign,
  plan: readonly PlannedFile[],
  defects: readonly Finding[] = [],
): string {
  return [
    `# ${title}\n`,
    `${oneLine(overview)}\n`,
    '## Decisions\n',
    `${decisions.map(({ decision, reason }) => `- ${sentence(decision)} ${sentence(reason)}`).join('\n')}\n`,
    renderPlan(plan),
    ...(defects.length > 0 ? [`# Suspected defects\n\n${renderFindings(byReading, defects)}\n`] : []),
  ].join('\n')
}

/** The list of files as Markdown. */
export function renderPlan(plan: readonly PlannedFile[]): string {
  const groups = fileKinds.flatMap((kind) => {
    const own = plan.filter((file) => file.kind === kind)
    const rows = own.map(({ path, purpose }) => `- \`${path}\`: ${sentence(purpose)}`)
    return own.length > 0 ? [`### ${kind[0]!.toUpperCase()}${kind.slice(1)}\n\n${rows.join('\n')}\n`] : []
  })
  return `## Files\n\n${groups.join('\n')}`
}
