import type { CustomFormat } from './custom-format.ts'
import { isTailOf } from './name-block.ts'
import { extract, extractOne } from './parse.ts'
import type { ExtractedFile, Extraction } from './extraction.ts'

type Candidate = { path: string; why: string }

/** A file as the report shows it; why one is not complete stands in the warnings. */
type ShownFile = Omit<ExtractedFile, 'elided' | 'lacks' | 'note'>

/** What `paddock extract FILE --json` prints: everything that an answer holds, and why each thing is what it is. */
export type ExtractReport = {
  readonly files: readonly ShownFile[]
  readonly unplaced: readonly {
    readonly content: string
    readonly language: string | null
    /** 1-based line of the answer where the content starts. */
    readonly line: number
    /** The likeliest first. */
    readonly candidates: readonly Candidate[]
    readonly reason: string
  }[]
  readonly conflicts: readonly { readonly path: string; readonly versions: readonly ShownFile[] }[]
  readonly warnings: readonly string[]
}

/**
 * Reads the files of an answer. A plan of one file means that the answer was asked for it alone; one of several says
 * which files were wanted, and gives a block without a name the wanted ones that it may be.
 */
export function extractReport(
  text: string,
  plan: readonly string[] = [],
  custom: CustomFormat | null = null,
): ExtractReport {
  const wanted = [...new Set(plan)]
  const [only, ...others] = wanted
  const isOne = only !== undefined && others.length === 0
  const extraction = isOne ? extractOne(text, only, { custom }) : extract(text, { plan: wanted, custom })
  const { files, unplaced, conflicts } = extraction
  const missing = wanted.filter((path) => !files.some((file) => file.path === path))
  return {
    files: files.map(shownFile),
    unplaced: unplaced.map(({ content, language, line, candidates, reason }) => ({
      content,
      language,
      line,
      candidates: rank(candidates, missing),
      reason,
    })),
    conflicts: conflicts.map(({ path, versions }) => ({ path, versions: versions.map(shownFile) })),
    warnings: warn(extraction, wanted),
  }
}

const shownFile = ({ path, content, language, complete, line, how }: ExtractedFile): ShownFile => ({
  path,
  content,
  language,
  complete,
  line,
  how,
})

/** A name that fits a planned file which is still missing comes before others, in the plan's full form. */
function rank(candidates: readonly Candidate[], missing: readonly string[]): Candidate[] {
  const planned = candidates.flatMap(({ path, why }) =>
    missing
      .filter((whole) => isTailOf(path, whole))
      .map((whole) => ({ path: whole, why: `${why} The plan has it.` })),
  )
  const all = [...planned, ...candidates]
  return all.filter(({ path }, index) => all.findIndex((other) => other.path === path) === index)
}

/** What keeps a file from being whole, in sentences. */
export const incompleteness = ({ path, elided, lacks }: ExtractedFile): string[] => [
  ...(lacks === null ? [] : [`${path} is incomplete: ${lacks}.`]),
  ...(elided === null ? [] : [`${path} is elided: "${elided}" stands for lines that are left out.`]),
]

function warn({ files, unplaced, conflicts, warnings }: Extraction, wanted: readonly string[]): string[] {
  const claimed = new Set([...files, ...conflicts].map(({ path }) => path))
  const versions = [...files, ...conflicts.flatMap((conflict) => conflict.versions)]
  const unwanted = wanted.length === 0 ? [] : [...claimed].filter((path) => !wanted.includes(path))
  return [
    ...(claimed.size + unplaced.length === 0 ? ['The answer has no code block.'] : []),
    ...warnings,
    ...versions.flatMap(incompleteness),
    ...wanted
      .filter((path) => !claimed.has(path))
      .map((path) => `The plan has ${path}, and the answer has not.`),
    ...unwanted.map((path) => `The answer has ${path}, and the plan has not.`),
  ]
}
