import ignore from 'ignore'
import { parse } from 'yaml'
import { z } from 'zod'
import type { PromptFiles } from '../context/prompt-files.ts'

const Index = z.array(
  z.strictObject({
    /** Patterns as in a .gitignore. */
    paths: z.array(z.string()).min(1),
    /** A word that has to be said of the project; without it the entry is for all. */
    says: z.string().optional(),
    guide: z.string(),
  }),
)

/** What tells which guide a file needs, the most telling text first. */
export type Said = readonly string[]

const indexes = new WeakMap<PromptFiles, z.infer<typeof Index>>()

/**
 * How files of that name are written, in a few lines for the model; null where there is no guide. Where a format goes by
 * several names (such as the framework of a test), the first text that names one decides, by the one that it names first.
 */
export function guideFor(path: string, said: Said, prompts: PromptFiles): string | null {
  const fitting = indexOf(prompts).filter(({ paths }) => ignore().add(paths).ignores(path))
  const named = said.map((text) => firstNamed(text, fitting)).find((entry) => entry !== undefined)
  const entry = named ?? fitting.find(({ says }) => says === undefined)
  return entry ? prompts.fill(`guides/${entry.guide}.md`) : null
}

type Entry = z.infer<typeof Index>[number]

function firstNamed(text: string, entries: readonly Entry[]): Entry | undefined {
  return entries
    .map((entry) => ({ entry, at: entry.says === undefined ? -1 : placeOf(entry.says, text) }))
    .filter(({ at }) => at >= 0)
    .sort((one, other) => one.at - other.at)[0]?.entry
}

const placeOf = (word: string, text: string) =>
  text.search(new RegExp(`(?<![\\p{L}\\p{N}])${word}(?![\\p{L}\\p{N}])`, 'iu'))

function indexOf(prompts: PromptFiles): z.infer<typeof Index> {
  const known = indexes.get(prompts) ?? Index.parse(parse(prompts.fill('guides/index.yaml')))
  indexes.set(prompts, known)
  return known
}
