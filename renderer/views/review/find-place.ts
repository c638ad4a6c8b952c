/** Lines of an answer, counted from 1. */
export type Place = { readonly from: number; readonly to: number }

/**
 * Where a file's content stands in the raw answer that it came from. `line` is where it should; an answer that was joined
 * from several, or a file that was made of data, may have it elsewhere or not at all: then null.
 */
export function findPlace(answer: string, content: string, line: number): Place | null {
  const lines = linesOf(content)
  const there = linesOf(answer)
  if (lines.length === 0) return null
  const starts = [line - 1, ...there.keys()]
  // The last lines of a file that goes on in another answer are not in this one.
  const start = starts.find((from) => from >= 0 && countSame(there, lines, from) >= Math.min(lines.length, 3))
  if (start === undefined) return null
  return { from: start + 1, to: start + countSame(there, lines, start) }
}

function countSame(answer: readonly string[], content: readonly string[], from: number): number {
  let count = 0
  while (count < content.length && answer[from + count] === content[count]) count++
  return count
}

const linesOf = (text: string) => {
  const lines = text.split(/\r?\n/)
  if (lines.at(-1) === '') lines.pop()
  return lines
}
