/** One line that may open or close a fence; a line without `info` closes. */
export type Fence = { mark: '`' | '~'; length: number; info: string }

/** Reads a line as a fence: three or more backticks or tildes, indented by three spaces at most. */
export function readFence(line: string): Fence | null {
  const found = /^ {0,3}(`{3,}|~{3,})([^\r\n]*)/.exec(line)
  if (!found) return null
  const [, marks = '', info = ''] = found
  const mark = marks.startsWith('`') ? '`' : '~'
  // Three backticks around words in the midst of a sentence are code in a line.
  if (mark === '`' && info.includes('`')) return null
  return { mark, length: marks.length, info: info.trim() }
}

/** Hands out whole lines, each with its line end, of a text that comes in pieces; time is linear however small they are. */
export function createLineSplitter(onLine: (line: string) => void): {
  feed(text: string): void
  end(): void
} {
  // Joined only once per line: searching a growing text again and again would be quadratic.
  let pieces: string[] = []

  const finish = () => {
    const line = pieces.length === 1 ? pieces[0]! : pieces.join('')
    pieces = []
    onLine(line)
  }
  return {
    feed(text) {
      let from = 0
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
        pieces.push(text.slice(from, at + 1))
        finish()
        from = at + 1
      }
      if (from < text.length) pieces.push(text.slice(from))
    },
    end() {
      if (pieces.length > 0) finish()
    },
  }
}

const openTag = /^\s*(?:<(think|thinking)>|\[THINK\])/i
const closeTags = { tag: /<\/(?:think|thinking)>/i, bracket: /\[\/THINK\]/i }

/**
 * Takes the model's thinking out of the lines between files: from `<think>` or `[THINK]` at the start of a line
 * to the end tag. The rest of that line counts as a line of its own. Returns null for a line that is all thinking.
 */
export function createThinkingFilter(): (line: string) => string | null {
  let closing: RegExp | null = null
  return (line) => {
    let rest = line
    for (;;) {
      if (closing) {
        const end = closing.exec(rest)
        if (!end) return null
        closing = null
        rest = rest.slice(end.index + end[0].length)
        if (!/\S/.test(rest)) return null
      }
      const start = openTag.exec(rest)
      if (!start) return rest
      closing = start[1] ? closeTags.tag : closeTags.bracket
      rest = rest.slice(start[0].length)
    }
  }
}

/**
 * Blanks what stands before an end of thinking that never began: a server that starts the thinking itself sends only
 * the end. Lines keep their numbers.
 */
export function dropLeadingThinking(text: string): string {
  const end = /^[ \t]*(?:<\/(?:think|thinking)>|\[\/THINK\])[ \t]*\r?$/im.exec(text)
  if (!end) return text
  const before = text.slice(0, end.index)
  if (/<(?:think|thinking)>|\[THINK\]/i.test(before)) return text
  return '\n'.repeat(before.split('\n').length - 1) + text.slice(end.index + end[0].length)
}
