import { generateAnswers } from './generate.ts'
import type { LabelledAnswer } from './labelled-answer.ts'
import { readNaively } from './naive-reader.ts'
import { readWithPaddock } from './paddock-reader.ts'
import { readRecordedAnswers } from './recorded-answers.ts'
import { addUp, groupBy, judgeAnswer, type Judged, type Miss } from './score.ts'
import { readWrittenAnswers } from './written-answers.ts'

const usage = `node bench/corpus/report.ts [--count N] [--seed N] [--naive] [--misses [TEXT]] [--show NAME]
  --misses  lists each miss; with TEXT only those whose answer, convention, traps, kind or path hold it
  --show    prints one answer with its labels
`

function main(args: readonly string[]): void {
  if (args.includes('--help')) return void process.stdout.write(usage)
  const value = (name: string) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined)
  const answers = [
    ...readWrittenAnswers(),
    ...readRecordedAnswers(),
    ...generateAnswers(Number(value('--count') ?? 600), Number(value('--seed') ?? 1)),
  ]
  const shown = value('--show')
  if (shown !== undefined) return show(answers, shown)
  const reader = args.includes('--naive') ? readNaively : readWithPaddock
  const judged = answers.map((answer) => judgeAnswer(answer, reader))
  if (args.includes('--misses')) return list(judged, value('--misses') ?? '')
  const sets = groupBy(judged, ({ name }) => [/^(?:generated|recorded)/.exec(name)?.[0] ?? 'written by hand'])
  printGroups(new Map([...sets, ['all', judged]]))
  printGroups(groupBy(judged, ({ convention }) => [convention]))
  printGroups(groupBy(judged, ({ traps }) => (traps.length > 0 ? traps : ['none'])))
}

function row(judged: readonly Judged[]): object {
  const { answers, answersRight, files, filesRight, wrongNames, wrongContents, accepted } = addUp(judged)
  const share = (part: number, whole: number) =>
    whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`
  return {
    files,
    'files right': share(filesRight, files),
    replies: answers,
    'replies right': share(answersRight, answers),
    'wrong names': wrongNames,
    'wrong content': wrongContents,
    'accepted, not whole': accepted,
  }
}

function printGroups(groups: ReadonlyMap<string, readonly Judged[]>): void {
  const names = [...groups.keys()].sort()
  console.table(Object.fromEntries(names.map((name) => [name, row(groups.get(name)!)])))
}

function list(judged: readonly Judged[], filter: string): void {
  const holds = ({ answer, convention, traps, kind, path }: Miss) =>
    [answer, convention, ...traps, kind, path].some((text) => text.includes(filter))
  const short = (text: string) => JSON.stringify(text.length > 160 ? `${text.slice(0, 160)}...` : text)
  const lines = judged
    .flatMap(({ misses }) => misses)
    .filter(holds)
    .map(
      ({ kind, path, answer, convention, traps, expected, got }) =>
        `${kind}: ${path} [${answer}; ${convention}; ${traps.join(', ')}]\n` +
        `  expected ${short(expected)}\n  got      ${short(got)}\n`,
    )
  process.stdout.write(lines.join(''))
}

function show(answers: readonly LabelledAnswer[], name: string): void {
  const answer = answers.find((one) => one.name === name)
  if (!answer) return void process.stderr.write(`There is no answer "${name}".\n`)
  const { text, ...labels } = answer
  process.stdout.write(`${text}\n\n${JSON.stringify(labels, null, 2)}\n`)
}

main(process.argv.slice(2))
