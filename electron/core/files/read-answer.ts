import { isMarkdown } from './file-kinds.ts'
import { holdsFile, openElement, pathTag, type ElementOpener } from './element.ts'
import { stepInside, stepOutside, type Surroundings } from './fence-steps.ts'
import { CodeLexer, syntaxOf } from './lex-code.ts'
import { nameBlock, type Naming } from './name-block.ts'
import {
  blocksOf,
  close,
  costs,
  enter,
  firstReading,
  keepBest,
  type FenceOpener,
  type Inside,
  type RawBlock,
  type Reading,
} from './readings.ts'
import {
  isDiffHeader,
  isDiffLine,
  isStructuralLine,
  looksLikeMarkdown,
  mayEnd,
  strayTag,
} from './line-signs.ts'
import { closeThinking, isEndOfThinking, openThinking, readFence, type Fence } from './scan-lines.ts'

type Thinking = Extract<Inside, { kind: 'thinking' }>

/** Within how many lines an element has to begin with its path. */
const linesOfElement = 60

/** How many lines above a block may say something of it. */
export const linesAbove = 12

/**
 * Reads the lines of an answer one by one and keeps every likely reading of its fences and tags; the likeliest at the end
 * says where the blocks are. Each line is looked at a bounded number of times.
 */
export class AnswerReader {
  readonly lines: string[] = []
  /** What a line has behind thinking that ended on it. */
  readonly #behindThinking = new Map<number, string>()
  /** Whether the element that a line opens holds a file. */
  readonly #files = new Map<number, boolean>()
  /** What the fence at hand opens, by the first line that may name it. */
  #opened: { at: number; openers: Map<number, FenceOpener> } = { at: -1, openers: new Map() }
  #readings: Reading[] = [firstReading]
  #isAfterEvent = false

  /** Takes one line, with its line end. */
  read(raw: string): void {
    const at = this.lines.length
    const line = at === 0 ? raw.replace(/^\ufeff/, '') : raw
    this.lines.push(line)
    if (this.#isAfterEvent) this.#weighLast(line)
    const isStructural = isStructuralLine(line)
    if (!isStructural && !this.#readings.some(({ inside }) => mayEnd(inside, line))) return
    const fence = isStructural ? readFence(line) : null
    const next = this.#readings.flatMap((reading) => this.#step(reading, line, at, fence))
    this.#readings = keepBest(next)
    this.#isAfterEvent = this.#readings.some(({ last }) => last !== null)
  }

  /** The blocks of the likeliest reading. */
  end(): RawBlock[] {
    const ended = this.#readings.map((reading) => this.#finish(reading))
    const best = ended.reduce((one, other) => (other.cost < one.cost ? other : one))
    this.#readings = [best]
    return blocksOf(best)
  }

  /** The fences that are open after the lines so far, outermost first, with what they say of their blocks. */
  openFences(): Pick<Naming, 'language' | 'path'>[] {
    const best = this.#readings.reduce((one, other) => (other.cost < one.cost ? other : one))
    if (best.inside?.kind !== 'fence') return []
    return [best.inside.naming, ...best.inner.map(({ info }) => nameBlock(info, []))]
  }

  /** The lines between two indices, without thinking that ended on one of them. */
  textBetween(from: number, to: number): string[] {
    const text: string[] = []
    for (let at = Math.max(0, from); at < to; at++) text.push(this.#behindThinking.get(at) ?? this.lines[at]!)
    return text
  }

  /** The lines with their indices, without those that are thinking; to be asked for after the end. */
  document(): { at: number; line: string }[] {
    const isThought = new Set<number>()
    for (let thought = this.#readings[0]!.thoughts; thought; thought = thought.before)
      for (let at = thought.from; at < thought.to; at++) isThought.add(at)
    return this.textBetween(0, this.lines.length)
      .map((line, at) => ({ at, line }))
      .filter(({ at }) => !isThought.has(at))
  }

  #step(reading: Reading, line: string, at: number, fence: Fence | null): Reading[] {
    const { inside } = reading
    if (inside === null) return this.#outside(reading, line, at)
    switch (inside.kind) {
      case 'thinking':
        return this.#think(reading, inside, line, at)
      case 'element':
        return this.#inElement(reading, inside, line, at)
      case 'edit':
        return /^\s*>{5,9} ?(?:REPLACE|UPDATED)\b/.test(line)
          ? [close(reading, inside, at, at + 1, true)]
          : [reading]
      case 'diff':
        if (isDiffLine(line)) return [reading]
        return this.#outside(close(reading, inside, at, at, true), line, at)
      case 'fence': {
        const thought = this.#endOfThinking(reading, line, at, costs.thoughtInBlock)
        if (!fence) return [reading, ...thought]
        return [...stepInside(reading, inside, this.#around(at, fence)), ...thought]
      }
    }
  }

  #outside(reading: Reading, line: string, at: number): Reading[] {
    const thinking = openThinking(line)
    if (thinking)
      return this.#think(reading, { kind: 'thinking', at, closing: thinking.closing }, thinking.rest, at)
    const thought = this.#endOfThinking(reading, line, at, costs.thoughtInText)
    if (thought.length > 0) return [...thought, { ...reading, cost: reading.cost + costs.thoughtAsText }]
    const fence = readFence(line)
    if (fence) return stepOutside(reading, this.#around(at, fence))
    if (/^<{5,9} ?(?:SEARCH|ORIGINAL)\b/.test(line)) return [enter(reading, { kind: 'edit', at })]
    if (isDiffHeader(line)) return [enter(reading, { kind: 'diff', at })]
    const element = openElement(line)
    if (element && (element.form !== 'content' || this.#isBelowPathTag(reading, at))) {
      const entered = enter(reading, { kind: 'element', at, element })
      const asText = { ...reading, cost: reading.cost + costs.tagAsText }
      return [...this.#step(entered, element.rest, at, null), asText]
    }
    return [strayTag.test(line) ? { ...reading, cost: reading.cost + costs.strayTag } : reading]
  }

  /** Goes on inside thinking, to the end of the line or to what comes behind its end. */
  #think(reading: Reading, begun: Thinking, line: string, at: number): Reading[] {
    let inside = begun
    let text = line
    for (;;) {
      const rest = closeThinking(text, inside.closing)
      if (rest === null) return [{ ...reading, inside, hasThought: true, last: null }]
      const next = openThinking(rest)
      if (next) {
        inside = { ...inside, closing: next.closing }
        text = next.rest
        continue
      }
      const isBlank = !/\S/.test(rest)
      const to = isBlank ? at + 1 : at
      const thoughts = { from: inside.at, to, before: reading.thoughts }
      const outside = { ...reading, inside: null, since: to, thoughts, hasThought: true, last: null }
      if (isBlank) return [outside]
      this.#behindThinking.set(at, rest)
      return this.#outside(outside, rest, at)
    }
  }

  #inElement(
    reading: Reading,
    inside: Extract<Inside, { kind: 'element' }>,
    line: string,
    at: number,
  ): Reading[] {
    const { close: tag, path } = inside.element
    const asContent = (more: number) => ({ ...reading, cost: reading.cost + more })
    if (line.includes(tag)) {
      const closed = close(reading, inside, at, at + 1, true)
      const more = this.#holdsFile(inside.at, inside.element) ? 0 : costs.noFileInElement
      return [{ ...closed, cost: closed.cost + more }, asContent(costs.innerTag)]
    }
    const next = at > inside.at ? openElement(line) : null
    if (next?.close !== tag || path === null) return [reading]
    const closed = close(reading, inside, at, at, false)
    const entered = enter(
      { ...closed, cost: closed.cost + costs.unclosed },
      { kind: 'element', at, element: next },
    )
    return [asContent(costs.openTagAsContent), entered]
  }

  #holdsFile(at: number, element: ElementOpener): boolean {
    if (element.form !== 'children') return true
    const known = this.#files.get(at)
    if (known !== undefined) return known
    const holds = holdsFile(this.lines.slice(at, at + linesOfElement).join(''))
    this.#files.set(at, holds)
    return holds
  }

  #isBelowPathTag({ since }: Reading, at: number): boolean {
    const above = this.textBetween(Math.max(since, at - 3), at).findLast((line) => /\S/.test(line))
    return above !== undefined && pathTag.test(above)
  }

  /** An end of thinking that never began: all before it was thinking. */
  #endOfThinking(reading: Reading, line: string, at: number, cost: number): Reading[] {
    if (reading.hasThought || !isEndOfThinking(line)) return []
    const fresh: Reading = { ...firstReading, cost: reading.cost + cost, since: at + 1, hasThought: true }
    return [{ ...fresh, thoughts: { from: 0, to: at + 1, before: null } }]
  }

  #around(at: number, fence: Fence): Surroundings {
    return {
      at,
      fence,
      belowColon: /[:：]\s*$/.test(this.lines[at - 1]?.slice(-200) ?? ''),
      open: (since) => this.#open(at, fence, since),
      openText: (opener) => this.#openText(opener, at),
    }
  }

  #open(at: number, fence: Fence, since: number): FenceOpener {
    const from = Math.max(since, at - linesAbove)
    if (this.#opened.at !== at) this.#opened = { at, openers: new Map() }
    const known = this.#opened.openers.get(from)
    if (known) return known
    const opener = this.#newOpener(at, fence, from)
    this.#opened.openers.set(from, opener)
    return opener
  }

  #newOpener(at: number, fence: Fence, from: number): FenceOpener {
    const naming = nameBlock(fence.info, this.textBetween(from, at))
    const syntax = syntaxOf(naming.language, naming.path)
    return {
      kind: 'fence',
      at,
      fence,
      naming,
      isMarkdown: () => {
        if (naming.language !== null || naming.path !== null) return isMarkdown(naming.language, naming.path)
        return looksLikeMarkdown(this.lines.slice(at + 1, at + 12))
      },
      lexer: syntax && { code: new CodeLexer(syntax), next: at + 1 },
    }
  }

  #openText({ lexer, fence }: FenceOpener, at: number): number | null {
    if (!lexer) return null
    const { code } = lexer
    for (; lexer.next < at; lexer.next++) code.read(this.lines[lexer.next]!)
    // A fence of backticks would close a text in backticks, so it cannot be a part of it.
    return code.until === null || code.until === fence.mark || code.isDoubtful ? null : code.texts
  }

  /** What the line behind a fence says of it. */
  #weighLast(line: string): void {
    const blank = !/\S/.test(line)
    const isText = !blank && readFence(line) === null
    this.#readings = this.#readings.map((reading) => {
      const { last } = reading
      if (last === null) return reading
      const more =
        last === 'closed' && isText
          ? costs.textBehindClosed
          : last === 'nested' && blank
            ? costs.blankBehindNested
            : last === 'opened' && blank
              ? costs.blankBehindOpener
              : 0
      return { ...reading, last: null, cost: reading.cost + more }
    })
    this.#isAfterEvent = false
  }

  #finish(reading: Reading): Reading {
    const { inside, inner, inText, cost } = reading
    const to = this.lines.length
    if (inside === null) return reading
    if (inside.kind === 'thinking')
      return {
        ...reading,
        cost: cost + costs.thoughtNeverEnds,
        thoughts: { from: inside.at, to, before: reading.thoughts },
      }
    if (inside.kind === 'diff') return close(reading, inside, to, to, true)
    const isEmpty = this.lines
      .slice(inside.at + 1, Math.min(to, inside.at + 20))
      .every((line) => !/\S/.test(line))
    const missing =
      isEmpty && inner.length === 0 ? costs.emptyAtEnd : costs.unclosed + inner.length * costs.unclosedInner
    const isInText = inText !== null && inside.kind === 'fence' && this.#openText(inside, to) === inText
    const cut = isInText ? costs.cutInOpenText : 0
    return { ...close(reading, inside, to, to, false), cost: cost + missing + cut }
  }
}
