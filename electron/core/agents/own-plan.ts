import { z } from 'zod'
import { wholeDocument } from '../files/parse.ts'
import { readJsonAnswer } from './json-answer.ts'
import { fileListSchema, looseFileList } from './path-grammar.ts'
import { checkPlan, type CheckedPlan } from './plan.ts'
import { planFromText } from './plan-from-text.ts'
import type { FilesForm } from './task-forms.ts'

/** The most files that one step plans for itself. */
const mostFiles = 12

const leastFiles = ({ none }: FilesForm) => (none === 'by-choice' ? 0 : 1)

/** What there is when a step plans for itself: the files that it may be told, and those that nobody was shown. */
export type Known = { readonly paths: readonly string[]; readonly hidden: readonly string[] }

/** The plan that a step makes for itself: why, and the list of files. */
export const ownPlanSchema = (form: FilesForm, { paths }: Known) =>
  z.object({ reason: z.string().min(1), files: fileListSchema(leastFiles(form), mostFiles, paths) })

const LooseOwnPlan = z.object({ reason: z.string().catch(''), files: looseFileList })

/** A plan as it was read, or null where the answer is neither the JSON nor a list. */
type ReadOwnPlan = { readonly how: 'schema' | 'text'; readonly reason: string; readonly plan: CheckedPlan }

/** Reads a step's own plan. A change of a file that nobody was shown is refused: it would be written blindly. */
export function readOwnPlan(answer: string, form: FilesForm, known: Known): ReadOwnPlan | null {
  const own = readJsonAnswer(answer, LooseOwnPlan)
  const listed = own?.files ?? planFromText(wholeDocument(answer))
  if (!own && listed.length === 0) return null
  const hidden = new Set(known.hidden.map((path) => path.toLowerCase()))
  const isHidden = ({ path }: { path: string }) =>
    hidden.has(path.toLowerCase()) && !known.paths.includes(path)
  const { files, refused } = checkPlan(
    listed.filter((file) => !isHidden(file)).map((file) => ({ ...file, kind: form.kind })),
    known.paths,
  )
  const unseen = listed
    .filter(isHidden)
    .map(({ path }) => `${JSON.stringify(path)}: It is there, but was not given to the run.`)
  return {
    how: own ? 'schema' : 'text',
    reason: own?.reason ?? '',
    plan: { files, refused: [...refused, ...unseen] },
  }
}

/** What an answer lacks that should be a step's own plan, as a sentence for the model; null when it will do. */
export function lackOfOwnPlan(answer: string, form: FilesForm, known: Known): string | null {
  const read = readOwnPlan(answer, form, known)
  if (read === null) return 'Your answer was not the JSON object that was asked for, with a list of files.'
  const { files, refused } = read.plan
  if (files.length > 0 || (leastFiles(form) === 0 && refused.length === 0)) return null
  const reasons = refused.length > 0 ? ` Refused: ${refused.slice(0, 5).join(' ')}` : ''
  return `Your answer lists no usable file.${reasons}`
}
