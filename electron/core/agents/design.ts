import { z } from 'zod'
import type { PlannedFile } from '../../../shared/change.ts'
import { knownExtensions } from '../files/file-kinds.ts'
import { oneLine } from './analysis.ts'

const Line = z.string().min(1)

/**
 * Paths as a server's grammar can enforce them, so that even a weak model gives valid ones: relative, plain characters,
 * at most five folders, a known extension or a well-known name. What only code can judge is checked in `checkPlan`.
 * llama-server drops a whole pattern that holds an escaped slash; a slash in brackets means the same.
 */
const pathPattern = new RegExp(
  [
    '^(\\.github[/]workflows[/]|([A-Za-z0-9_][A-Za-z0-9_-]{0,31}[/]){0,5})',
    '([A-Za-z0-9_][A-Za-z0-9_-]{0,39}(\\.[a-z][a-z0-9]{0,9})?',
    `\\.(${knownExtensions.join('|')})`,
    '|Dockerfile|Makefile|LICENSE|\\.gitignore|\\.dockerignore|\\.env\\.example)$',
  ].join(''),
)
const Path = z.string().regex(pathPattern)
/** Begins with a word: a purpose of blanks or signs is none. */
const Purpose = z.string().regex(/^[A-Za-z][A-Za-z0-9 ,.;:'()_/-]{7,159}$/)
const File = z.object({ path: Path, purpose: Purpose, needs: z.array(Path).max(8) })
const files = (least: number, most: number) => z.array(File).min(least).max(most)

/** What the developer decides, and the list of files, under the bounds that a server can enforce. */
export const Design = z.object({
  overview: Line,
  decisions: z
    .array(z.object({ decision: Line, reason: Line }))
    .min(1)
    .max(16),
  files: z.object({
    implementation: files(2, 20),
    testing: files(1, 12),
    deployment: files(0, 6),
    documentation: files(0, 6),
  }),
})

const LooseFile = z.object({
  path: z.string(),
  purpose: z.string().default(''),
  needs: z.array(z.string()).default([]),
})
const looseFiles = z.array(LooseFile).default([])

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
})
export type LooseDesign = z.infer<typeof LooseDesign>

const kinds = ['implementation', 'testing', 'deployment', 'documentation'] as const

/** The planned files in the order of their groups, unchecked. */
export const listFiles = ({ files }: LooseDesign): PlannedFile[] =>
  kinds.flatMap((kind) => files[kind].map((file) => ({ ...file, kind })))

/** The design as the Markdown that people and later prompts read; `plan` is the checked list. */
export function renderDesign({ overview, decisions }: LooseDesign, plan: readonly PlannedFile[]): string {
  return [
    '# Architecture\n',
    `${oneLine(overview)}\n`,
    '## Decisions\n',
    `${decisions.map(({ decision, reason }) => `- ${sentence(decision)} ${sentence(reason)}`).join('\n')}\n`,
    renderPlan(plan),
  ].join('\n')
}

/** The list of files as Markdown. */
export function renderPlan(plan: readonly PlannedFile[]): string {
  const groups = kinds.flatMap((kind) => {
    const own = plan.filter((file) => file.kind === kind)
    const rows = own.map(({ path, purpose }) => `- \`${path}\`: ${sentence(purpose)}`)
    return own.length > 0 ? [`### ${kind[0]!.toUpperCase()}${kind.slice(1)}\n\n${rows.join('\n')}\n`] : []
  })
  return `## Files\n\n${groups.join('\n')}`
}

function sentence(text: string): string {
  const line = oneLine(text)
  return line === '' || /[.!?]$/.test(line) ? line : `${line}.`
}
