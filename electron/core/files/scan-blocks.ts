import { isMarkdown } from './file-kinds.ts'
import { findNameInside, nameBlock, type Candidate, type Naming } from './name-block.ts'
import { createLineSplitter, createThinkingFilter, readFence, type Fence } from './scan-lines.ts'

/** One fenced block of an answer. */
export type Block = {
  /** Exactly what stands between the fences' lines, with its last line end. */
  content: string
  language: string | null
  path: string | null
  how: 'fence' | 'heading' | null
  /** 1-based line of the answer where the content starts. */
  line: number
  /** False where the answer ended before the fence did. */
  closed: boolean
  /** Why no path was taken although something looked like one, or null. */
  reason: string | null
  candidates: Candidate[]
}

/** A fence that has not closed yet, and what it says of its block. */
export type OpenFence = Fence & Pick<Naming, 'language' | 'path'>

/** Reads an answer while it arrives. Cut in any pieces it gives the same blocks, in linear time. */
interface BlockScanner {
  /** The blocks that closed in this piece. */
  feed(text: string): Block[]
  /** The rest: a block that never closed. */
  end(): Block[]
  /** The fences that are open after the last whole line, outermost first. */
  openFences(): readonly OpenFence[]
}

// How far above a fence a name is looked for.
const LINES_ABOVE = 6

/** Creates a scanner; `onLine` gets each line of the answer, thinking left out. */
export function createBlockScanner(onLine: (line: string) => void = () => {}): BlockScanner {
  const withoutThinking = createThinkingFilter()
  let lineNumber = 0
  let above: string[] = []
  let open: { naming: Naming; fences: OpenFence[]; lines: string[]; line: number } | null = null
  let found: Block[] = []

  const readOutside = (line: string) => {
    const fence = readFence(line)
    if (fence) {
      const naming = nameBlock(fence.info, above)
      open = { naming, fences: [{ ...fence, ...naming }], lines: [], line: lineNumber + 1 }
      above = []
    } else {
      above = [...above.slice(1 - LINES_ABOVE), line]
    }
  }
  const readInside = (line: string, { fences, lines }: NonNullable<typeof open>) => {
    const fence = readFence(line)
    const innermost = fences.at(-1)!
    if (fence && fence.mark === innermost.mark && fence.length >= innermost.length) {
      if (fence.info === '') fences.pop()
      // Inside Markdown a fence with a language begins a sample, which ends with a fence of its own.
      else if (isMarkdown(innermost.language, innermost.path))
        fences.push({ ...fence, ...nameBlock(fence.info, []) })
    }
    if (fences.length === 0) close(true)
    else lines.push(line)
  }
  const close = (closed: boolean) => {
    if (!open) return
    const { naming, lines, line } = open
    const content = lines.join('')
    const inside = naming.path === null ? findNameInside(content, naming.language) : []
    found.push({
      ...naming,
      content,
      line,
      closed,
      reason: naming.reason ?? (inside.length > 0 ? 'A name stands only inside the block.' : null),
      candidates: [...naming.candidates, ...inside],
    })
    open = null
  }
  const read = (raw: string) => {
    lineNumber++
    const text = lineNumber === 1 ? raw.replace(/^\ufeff/, '') : raw
    const line = open ? text : withoutThinking(text)
    if (line === null) return
    onLine(line)
    if (open) readInside(line, open)
    else readOutside(line)
  }
  const takeFound = () => {
    const taken = found
    found = []
    return taken
  }

  const lines = createLineSplitter(read)
  return {
    feed(text) {
      lines.feed(text)
      return takeFound()
    },
    end() {
      lines.end()
      close(false)
      return takeFound()
    },
    openFences: () => open?.fences ?? [],
  }
}
