import { oneLine } from './markdown.ts'

/** A quote as it was found in a file, and the numbers of its lines, counted from 1; none where it stands nowhere. */
type Found = { readonly quote: string; readonly lines: readonly number[] }

/** A part of a line that is shorter stands by chance in many. */
const leastPart = 4
/** More of a quote is not compared: nobody writes such a line, and a hostile one would take long. */
const mostRead = 1000

/** Counts where a quoted line stands in a file: the whole line where there is one, else the lines that it is a part of. */
export function findQuote(quote: string, content: string): Found {
  const lines = linesOf(content).map(squash)
  for (const fits of [isWhole, isPart])
    for (const reading of readings(quote)) {
      const wanted = squash(reading)
      const found = lines.flatMap((line, index) => (fits(line, wanted) ? [index + 1] : []))
      if (found.length > 0) return { quote: reading, lines: found }
    }
  return { quote: oneLine(quote), lines: [] }
}

const linesOf = (text: string) => text.split(/\r\n|\n|\r/)
/** Models space a line otherwise than it is spaced in the file. */
const squash = (line: string) => line.replaceAll(/\s+/g, ' ').trim()

const isWhole = (line: string, wanted: string) => line === wanted
const isPart = (line: string, wanted: string) => wanted.length >= leastPart && line.includes(wanted)

/** What a quote may mean, the likeliest first: its first line as it is, without backticks around it, without dots for what was cut. */
function readings(quote: string): string[] {
  const lines = linesOf(quote.trim().slice(0, mostRead)).map((line) => line.trim())
  const first = lines.find((line) => line !== '' && !/^(?:`{3,}|~{3,})[^`]*$/.test(line)) ?? lines[0]!
  const bare = first.replaceAll(/^`+|`+$/g, '').trim()
  const uncut = bare.replaceAll(/^(?:\.{3}|…)|(?:\.{3}|…)$/g, '').trim()
  return [...new Set([first, bare, uncut])].filter((reading) => reading !== '')
}
