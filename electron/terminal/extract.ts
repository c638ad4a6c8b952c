import { extractReport, type ExtractReport } from '../core/files/extract-report.ts'
import { count, printable, tableLines } from './format.ts'
import { readText } from './look-at-setup.ts'
import { outputWidth, print, printJson } from './print.ts'

/** The options of `paddock extract`. */
export type ExtractOptions = { plan?: string; json?: boolean }

/** Prints the files that are in a text; returns 1 where there are none, or something is not sure. */
export async function extract(file: string, { plan, json }: ExtractOptions): Promise<number> {
  const text = await readText(file)
  const report = extractReport(text, plan === undefined ? undefined : pathsOf(await readText(plan)))
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

function reportLines({ files, unplaced, conflicts, warnings }: ExtractReport): string[] {
  const rows = files.map(({ path, content, line, complete, how }) => [
    printable(path),
    `${count(Buffer.byteLength(content))} bytes`,
    `line ${line}`,
    complete ? `named by ${how}` : 'incomplete',
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
  ]
}
