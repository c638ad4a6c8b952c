import MarkdownIt from 'markdown-it'
import { conventions } from '../electron/core/files/conventions.fixture.ts'
import { createExtractor, extract } from '../electron/core/files/parse.ts'
import { createLineSplitter } from '../electron/core/files/scan-lines.ts'
import { hostileAnswers } from './hostile-answers.ts'
import { median, type Measure } from './measure.ts'

const sizes = [
  { name: '10 KB', characters: 1e4, turns: 30 },
  { name: '1 MB', characters: 1e6, turns: 3 },
  { name: '10 MB', characters: 1e7, turns: 1 },
] as const
/** Characters of a hostile answer, before it is doubled. */
const hostileSize = 50_000

/** How fast files are found in answers, beside a Markdown parser and a bare reading of lines; and what hostile ones cost. */
export async function measureExtraction(): Promise<Measure[]> {
  return [...sizes.flatMap(measureSize), ...measureHostile()]
}

function measureSize({ name, characters, turns }: (typeof sizes)[number]): Measure[] {
  const text = answerOf(characters)
  const markdown = new MarkdownIt()
  const pieces = text.match(/[^]{1,4}/g)!
  const speeds = race(
    {
      whole: () => extract(text),
      pieces: () => {
        const extractor = createExtractor()
        for (const piece of pieces) extractor.feed(piece)
        return extractor.end()
      },
      markdown: () => markdown.parse(text, {}),
      lines: () => {
        let count = 0
        const splitter = createLineSplitter(() => count++)
        splitter.feed(text)
        splitter.end()
        return count
      },
    },
    text.length,
    turns,
  )
  const beside = `markdown-it ${speed(speeds.markdown)}, lines alone ${speed(speeds.lines)}`
  const times = (value: number) => `${(value / speeds.markdown).toFixed(2)} x markdown-it`
  return [
    {
      measure: `files found in ${name}, whole`,
      paddock: speed(speeds.whole),
      fetch: beside,
      ratio: times(speeds.whole),
      aim: 'flat over the sizes',
    },
    {
      measure: `... ${name} in pieces of 4 characters`,
      paddock: speed(speeds.pieces),
      fetch: '',
      ratio: times(speeds.pieces),
      aim: 'as fast as whole',
    },
  ]
}

const usual = conventions.filter(({ family }) =>
  ['fence line', 'line above', 'inside', 'fences'].includes(family),
)

/** Answers of the usual conventions one after the other, with names and numbers of their own, up to a length. */
function answerOf(characters: number): string {
  const parts: string[] = []
  for (let length = 0, turn = 0; length < characters; turn++)
    for (const { answer } of usual) {
      const part = `${answer.replaceAll('app.py', `app${turn}.py`)}\n${code(turn)}\n`
      parts.push(part)
      length += part.length
      if (length >= characters) break
    }
  return parts.join('').slice(0, characters)
}

/** A file of usual length: most of a real answer is code, not names. */
const code = (turn: number): string =>
  `\`src/module${turn}.py\`:\n\n\`\`\`python\n${`def value_${turn}(items):\n    total = 0\n    for item in items:\n        total += item["price"] * item.get("count", 1)\n    return total\n\n\n`.repeat(12)}\`\`\`\n`

const speed = (value: number): string => `${value.toFixed(1)} MB/s`

/** Megabytes per second of each contender, the median over so many turns, after one that does not count. */
function race<Name extends string>(
  contenders: Readonly<Record<Name, () => unknown>>,
  characters: number,
  turns: number,
): Record<Name, number> {
  const names = Object.keys(contenders) as Name[]
  const values = new Map(names.map((name) => [name, [] as number[]]))
  for (let turn = -1; turn < turns; turn++)
    for (const name of names) {
      const spent = millisecondsOf(contenders[name])
      if (turn >= 0) values.get(name)!.push(characters / 1000 / spent)
    }
  return Object.fromEntries(names.map((name) => [name, median(values.get(name)!)])) as Record<Name, number>
}

/** Milliseconds of the processor that some work takes, whatever else the machine does. */
function millisecondsOf(work: () => unknown): number {
  const start = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}

/** The worst of what is written to be slow: how much twice the length costs, and the slowest of all. */
function measureHostile(): Measure[] {
  const measured = Object.entries(hostileAnswers).map(([name, make]) => {
    const [short, long] = [make(hostileSize), make(2 * hostileSize)]
    const [once, twice] = [short, long].map((text) =>
      Math.min(...[1, 2, 3].map(() => millisecondsOf(() => extract(text)))),
    )
    return { name, factor: once! < 2 ? 0 : twice! / once!, rate: long.length / 1000 / twice! }
  })
  const worst = measured.reduce((one, other) => (other.factor > one.factor ? other : one))
  const slowest = measured.reduce((one, other) => (other.rate < one.rate ? other : one))
  return [
    {
      measure: `worst of ${measured.length} hostile answers (${worst.name}): twice the length takes`,
      paddock: `${worst.factor.toFixed(2)} times as long`,
      aim: '2',
    },
    { measure: `... the slowest of them (${slowest.name})`, paddock: speed(slowest.rate), aim: '' },
  ]
}
