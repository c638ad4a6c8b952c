import { count, counted } from '../../shared/counted.ts'
import { AppError } from '../../shared/errors.ts'
import type { App } from '../core/app.ts'
import { loadCustomFormat } from '../core/files/custom-format.ts'
import { extractReport, type ExtractReport } from '../core/files/extract-report.ts'
import { readRun } from './control-run.ts'
import { extractRun } from './extract-run.ts'
import { printable, tableLines } from './format.ts'
import { readText } from './look-at-setup.ts'
import { outputWidth, print, printJson } from './print.ts'

/** The options of `paddock extract`. */
export type ExtractOptions = { plan?: string; run?: string; json?: boolean }

/** Prints the files that are in a text; returns 1 where there are none, or something is not sure. */
export async function extract(
  file: string,
  { plan, json }: ExtractOptions,
  extractor: string | null,
): Promise<number> {
  const text = await readText(file)
  const planned = plan === undefined ? [] : pathsOf(await readText(plan))
  return show(extractReport(text, planned, customOf(extractor)), json)
}

/** Prints the files that the raw answers of a run hold, read once more; returns what `extract` does. */
export async function extractAgain(
  app: App,
  id: string,
  { json }: ExtractOptions,
  extractor: string | null,
): Promise<number> {
  const report = await extractRun(app, await readRun(app, id), customOf(extractor))
  return show(report, json)
}

/** The one thing to read files from; throws `invalid` where none is named, or two. */
export function extractSource(
  file: string | undefined,
  run: string | undefined,
): { file: string } | { run: string } {
  if (file !== undefined && run === undefined) return { file }
  if (run !== undefined && file === undefined) return { run }
  throw new AppError('invalid', 'Name either a text or a run to read files from.', {
    hint: 'paddock extract answer.md, paddock extract - for what comes in, or paddock extract --run ID',
  })
}

const customOf = (extractor: string | null) => (extractor === null ? null : loadCustomFormat(extractor))

function show(report: ExtractReport, json = false): number {
  if (json) printJson(report)
  else print(...reportLines(report))
  return isSure(report) ? 0 : 1
}

const pathsOf = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')

const isSure = ({ files, unplaced, conflicts, warnings }: ExtractReport): boolean =>
  files.length > 0 && unplaced.length + conflicts.length + warnings.length === 0

function reportLines(report: ExtractReport): string[] {
  const { files, unplaced, conflicts, warnings } = report
  const rows = files.map(({ path, content, line, complete, how }) => [
    printable(path),
    counted(Buffer.byteLength(content), 'byte'),
    `line ${line}`,
    complete ? `named by ${how}` : 'not whole',
  ])
  return [
    ...tableLines(rows, outputWidth()),
    ...conflicts.map(
      ({ path, versions }) =>
        `${printable(path)} is claimed by ${versions.length} blocks: lines ${versions.map(({ line }) => line).join(', ')}`,
    ),
    ...unplaced.flatMap(({ line, reason, candidates }) => [
      `A block without a sure name, line ${line}: ${printable(reason)}`,
      ...candidates.map(({ path, why }) => `  perhaps ${printable(path)}: ${printable(why)}`),
    ]),
    ...warnings.map((warning) => printable(warning)),
    figures(report),
  ]
}

function figures({ files, unplaced, conflicts }: ExtractReport): string {
  const whole = files.filter(({ complete }) => complete).length
  const others = [
    [files.length - whole, 'not whole'],
    [conflicts.length, 'in conflict'],
    [unplaced.length, 'blocks unplaced'],
  ] as const
  const rest = others.filter(([some]) => some > 0).map(([some, what]) => `, ${count(some)} ${what}`)
  return `${counted(whole, 'file')}${rest.join('')}.`
}
