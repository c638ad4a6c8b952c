import { z } from 'zod'
import { counted } from '../../../shared/counted.ts'
import { isTailOf } from '../files/name-block.ts'
import { findQuote } from './find-quote.ts'
import { readJsonAnswer } from './json-answer.ts'
import { inlineCode, oneLine, shorten } from './markdown.ts'
import { readProse } from './prose.ts'
import type { ReportForm } from './task-forms.ts'

const severities = ['critical', 'major', 'minor'] as const
const Line = z.string().min(1)
/** The most paths that a schema lists one by one. */
const mostKnown = 100
/** The longest quote of a line: a part of a longer one is found as well, and a grammar counts each character. */
const longestQuote = 200

/** Where a finding lies; under a schema no path can be named but those that are there. */
const place = (known: readonly string[]) => ({
  title: Line,
  file: known.length > 0 && known.length <= mostKnown ? z.enum(['', ...known]) : z.string().max(200),
  // No pattern: a server writes what it matches as it is, and a line of code has quotes and backslashes.
  quote: z.string().max(longestQuote),
  severity: z.enum(severities),
})

/** A bug with all that its mender needs. `file` and `quote` are empty where they are not known. */
export const bugSchema = (known: readonly string[]) =>
  z.object({
    ...place(known),
    steps: z.array(Line).min(1).max(10),
    expected: Line,
    actual: Line,
    cause: Line,
    suggestion: Line,
  })

const remarkSchema = (known: readonly string[]) =>
  z.object({ ...place(known), problem: Line, suggestion: Line })

/** What a report of that kind is, under the bounds that a server can enforce. */
export const reportSchema = (kind: ReportForm['kind'], known: readonly string[]) =>
  z.object({
    summary: Line,
    findings:
      kind === 'bug-report' ? z.array(bugSchema(known)).min(1).max(8) : z.array(remarkSchema(known)).max(16),
  })

const text = z.string().catch('')

/** A finding of either kind, read leniently: also with the number of its line, which nobody asks for. */
export const LooseFinding = z.object({
  title: text,
  file: text,
  quote: text,
  line: z.coerce.number().int().min(0).max(99_999).catch(0),
  severity: text,
  steps: z.array(z.string()).catch([]),
  expected: text,
  actual: text,
  cause: text,
  problem: text,
  suggestion: text,
})
type LooseFinding = z.infer<typeof LooseFinding>
/** A finding with its place: every line that reads as it quotes, counted from 1. */
export type Finding = Omit<LooseFinding, 'line'> & { readonly lines: readonly number[] }

/** A file's text as it is now; null where there is none. */
export type ContentOf = (path: string) => string | null
const noContent: ContentOf = () => null

const LooseReport = z.object({ summary: text, findings: z.array(LooseFinding) })

/** A report as it was read; free text has no findings of its own and stays as it is. */
export type Report =
  { readonly summary: string; readonly findings: readonly Finding[] } | { readonly prose: string }

/** Shorter text than this, without the asked form, is no report. */
const leastText = 200

/** What an answer lacks that should be a report, as a sentence for the model; null when it will do. */
export function lackOfReport(answer: string, kind: ReportForm['kind']): string | null {
  const report = readReport(answer, [])
  if (report === null)
    return 'Your answer was not the JSON object that was asked for, with a list of findings.'
  if ('prose' in report || kind === 'remark' || report.findings.length > 0) return null
  return 'Your answer lists no bug that says what is wrong.'
}

/** Reads a report; findings that say nothing are left out, and a path that is the end of just one known path is that. */
export function readReport(answer: string, known: readonly string[], contentOf = noContent): Report | null {
  const report = readJsonAnswer(answer, LooseReport)
  if (report) return { summary: report.summary, findings: cleanFindings(report.findings, known, contentOf) }
  const prose = readProse(answer, leastText)
  return prose === null ? null : { prose }
}

/** Findings that say something, each with a path that is known and the lines that it quotes, where they can be told. */
export function cleanFindings(
  findings: readonly LooseFinding[],
  known: readonly string[],
  contentOf = noContent,
): Finding[] {
  return findings
    .filter(({ title, actual, problem, cause }) => [title, actual, problem, cause].some(hasWords))
    .map(({ line, ...finding }) => {
      const file = knownPath(oneLine(finding.file), known)
      const { quote, lines } = findQuote(finding.quote, contentOf(file) ?? '')
      const given = line > 0 ? [line] : []
      return { ...finding, file, quote, lines: lines.length > 0 ? lines : given }
    })
}

const hasWords = (text: string) => /\p{L}/u.test(text)

function knownPath(file: string, known: readonly string[]): string {
  if (known.includes(file)) return file
  const path = file.replace(/^(?:\.?\/)+/, '')
  const fitting = known.filter((one) => path !== '' && isTailOf(path, one))
  return fitting.length === 1 ? fitting[0]! : file
}

/** The report as the Markdown that people read. */
export const renderReport = (title: string, report: Report): string =>
  'prose' in report
    ? `${report.prose}\n`
    : `# ${title}\n\n${renderFindings(report.summary, report.findings)}\n`

/** Findings below a summary, as Markdown. */
export function renderFindings(summary: string, findings: readonly Finding[]): string {
  const all = findings.map((finding, index) => renderFinding(finding, index + 1))
  return [oneLine(summary), ...(all.length > 0 ? all : ['Nothing was found.'])]
    .filter((part) => part !== '')
    .join('\n\n')
}

function renderFinding(finding: Finding, number: number): string {
  const { title, file, quote, lines, severity, steps, expected, actual, cause, problem, suggestion } = finding
  const where = file === '' ? '' : `${inlineCode(file)}${describeLines(lines)}`
  const rows = [
    ['File', where],
    ['Quote', inlineCode(quote)],
    ['Severity', oneLine(severity).toLowerCase()],
    ['Expected', oneLine(expected)],
    ['Actual', oneLine(actual)],
    ['Cause', oneLine(cause)],
    ['Problem', oneLine(problem)],
    ['Suggestion', oneLine(suggestion)],
  ].flatMap(([name, text]) => (text ? [`- ${name}: ${text}`] : []))
  const numbered = steps.map((step, index) => `${index + 1}. ${oneLine(step)}`)
  return [
    `## ${number}. ${oneLine(title) || 'Without a title'}`,
    rows.join('\n'),
    ...(numbered.length > 0 ? [`Steps to reproduce:\n\n${numbered.join('\n')}`] : []),
  ].join('\n\n')
}

function describeLines([first, ...more]: readonly number[]): string {
  if (first === undefined) return ''
  return `, line ${first}${more.length > 0 ? `, the first of ${more.length + 1} such lines` : ''}`
}

/** One line on a report. */
export const summaryOf = (report: Report): string =>
  'prose' in report
    ? 'A report in free text: the server kept to no schema.'
    : `${counted(report.findings.length, 'finding')}. ${shorten(oneLine(report.summary), 300)}`.trim()
