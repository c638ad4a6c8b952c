/** One line that may open or close a fence; a line without `info` closes. */
export type Fence = {
  mark: '`' | '~'
  length: number
  info: string
  /** Blanks before the fence, a list mark in front of it counted. */
  indent: number
}

// What servers and models leave behind the last fence of an answer.
const endOfTurn = /^(?:<\|[\w-]{1,30}\|>|<\/s>|<end_of_turn>|\[\/?INST\])$/

/** Reads a line as a fence: three or more backticks or tildes, however deep, behind a list mark too. */
export function readFence(line: string): Fence | null {
  const found = /^([ \t]*(?:(?:[-*+]|\d{1,3}[.)])[ \t]+)?)(`{3,}|~{3,})([^\r\n]*)/.exec(line)
  if (!found) return null
  const [, before = '', marks = '', rest = ''] = found
  const mark = marks.startsWith('`') ? '`' : '~'
  const info = rest.trim()
  // Three backticks around words in the midst of a sentence are code in a line.
  if (mark === '`' && info.includes('`')) return null
  const isItem = /\S/.test(before)
  if (isItem && info === '') return null
  return { mark, length: marks.length, info: endOfTurn.test(info) ? '' : info, indent: before.length }
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

/** The marks of thinking, as different models and servers write them: what begins it, and what ends it. */
const marksOfThinking: readonly (readonly [open: RegExp, close: RegExp])[] = [
  [
    /^\s*<(?:(?:\w{1,20}:)?think|thinking|thoughts?|reasoning|scratchpad|antThinking)>/i,
    /<\/(?:(?:\w{1,20}:)?think|thinking|thoughts?|reasoning|scratchpad|antThinking)>/i,
  ],
  [/^\s*\[THINK\]/i, /\[\/THINK\]/i],
  [/^\s*◁think▷/, /◁\/think▷/],
  [/^\s*<\|begin_of_thought\|>/, /<\|end_of_thought\|>/],
  [/^\s*<details\s[^<>]{0,200}?type="reasoning"[^<>]{0,200}>/i, /<\/details>/i],
  // Channels: what comes in the final one is the answer, from the first word on.
  [
    /^\s*(?:<\|start\|>assistant)?<\|channel\|>analysis<\|message\|>/,
    /<\|end\|>|(?=(?:<\|start\|>assistant)?<\|channel\|>final)/,
  ],
  [/^\s*(?:<\|start\|>assistant)?<\|channel\|>final[^<>\n]{0,40}(?:<\|constrain\|>\w+)?<\|message\|>/, /^/],
]

/** A line on which thinking begins: what ends it, and what the line has behind the beginning. */
export function openThinking(line: string): { closing: RegExp; rest: string } | null {
  for (const [open, closing] of marksOfThinking) {
    const start = open.exec(line)
    if (start) return { closing, rest: line.slice(start[0].length) }
  }
  return null
}

/** What a line has behind the end of thinking; null where it does not end there. */
export function closeThinking(line: string, closing: RegExp): string | null {
  const end = closing.exec(line)
  return end ? line.slice(end.index + end[0].length) : null
}

/** Whether a line is nothing but an end of thinking: a server that starts the thinking itself sends only that. */
export const isEndOfThinking = (line: string): boolean =>
  /^[ \t]*(?:<\/(?:(?:\w{1,20}:)?think|thinking|thoughts?|reasoning)>|\[\/THINK\]|◁\/think▷)[ \t]*\r?\n?$/i.test(
    line,
  )
