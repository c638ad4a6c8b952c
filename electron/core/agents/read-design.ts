import { counted } from '../../../shared/counted.ts'
import { wholeDocument } from '../files/parse.ts'
import { byReading, LooseDesign, listFiles, renderDesign, renderPlan } from './design.ts'
import { readJsonAnswer } from './json-answer.ts'
import { checkPlan, type CheckedPlan } from './plan.ts'
import { planFromText } from './plan-from-text.ts'
import { cleanFindings, type ContentOf, type Report } from './report.ts'
import type { FileKind, PlanForm } from './task-forms.ts'

/** A plan as it was read: its files, the document it is kept as, one line on it, and the defects that it reports. */
type ReadDesign = {
  readonly how: 'schema' | 'text'
  readonly plan: CheckedPlan
  readonly text: string
  readonly summary: string
  readonly defects: Report
}

/** Reads a plan of the kinds that were asked for; `known` are the paths that are there already, with their content. */
export function readDesign(
  answer: string,
  form: PlanForm,
  known: readonly string[],
  contentOf?: ContentOf,
): ReadDesign {
  const design = readJsonAnswer(answer, LooseDesign)
  if (design) {
    const listed = listFiles(design).filter(({ kind }) => Object.hasOwn(form.kinds, kind))
    const plan = checkPlan(listed, known)
    const findings = form.defects ? cleanFindings(design.defects, known, contentOf) : []
    const text = renderDesign(form.title, design, plan.files, findings)
    const suspected = findings.length > 0 ? ` ${counted(findings.length, 'suspected defect')}.` : ''
    const summary = `${describePlan(plan)}${suspected}`
    return { how: 'schema', plan, text, summary, defects: { summary: byReading, findings } }
  }
  const document = wholeDocument(answer).trim()
  const own = firstKind(form)
  const listed = planFromText(document).map((file) =>
    Object.hasOwn(form.kinds, file.kind) ? file : { ...file, kind: own },
  )
  const plan = checkPlan(listed, known)
  return {
    how: 'text',
    plan,
    text: `${document}\n\n${renderPlan(plan.files)}`,
    summary: `${describePlan(plan)} Read from free text: the server kept to no schema.`,
    defects: { summary: byReading, findings: [] },
  }
}

function describePlan({ files, refused }: CheckedPlan): string {
  return `A plan of ${counted(files.length, 'file')}${refused.length > 0 ? `, ${refused.length} refused` : ''}.`
}

/** What an answer lacks that should be a plan, as a sentence for the model; null when it will do. */
export function lackOfDesign(answer: string, form: PlanForm): string | null {
  const own = firstKind(form)
  const { files, refused } = readDesign(answer, form, []).plan
  if (files.some(({ kind }) => kind === own)) return null
  const reasons = refused.length > 0 ? ` Refused: ${refused.slice(0, 5).join(' ')}` : ''
  return `Your answer lists no usable file of the group ${own}.${reasons}`
}

const firstKind = ({ kinds }: PlanForm): FileKind => Object.keys(kinds)[0] as FileKind
