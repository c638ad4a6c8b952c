import { codePieces } from './code-line.ts'
import type { LineSource } from './line-source.ts'

/** Characters of a line that are drawn: what is longer is cut at the right. */
const widest = 300

/** The drawn lines of a tail: only what changed is touched, and a closed line that moved up keeps its row. */
export class TailRows {
  readonly #box: HTMLElement
  #rows: HTMLElement[] = []
  /** The closed line that each row shows; null where it has to be drawn. */
  #shown: (number | null)[] = []
  #source: LineSource | null = null
  #first = 0

  constructor(box: HTMLElement) {
    this.#box = box
  }

  get count(): number {
    return this.#rows.length
  }

  resize(count: number): void {
    while (this.#rows.length > count) {
      this.#rows.pop()!.remove()
      this.#shown.pop()
    }
    while (this.#rows.length < count) {
      const row = document.createElement('div')
      row.className = 'tail-row'
      this.#box.append(row)
      this.#rows.push(row)
      this.#shown.push(null)
    }
  }

  /** Draws the lines from `first` on; `hasCaret` marks the one that grows. */
  paint(source: LineSource, first: number, hasCaret: boolean): void {
    if (source !== this.#source) this.#shown.fill(null)
    this.#source = source
    this.#rotate(first - this.#first)
    this.#first = first
    const last = source.lineCount - 1
    for (const [place, row] of this.#rows.entries()) {
      const index = first + place
      row.classList.toggle('tail-caret', hasCaret && index === last)
      if (this.#shown[place] === index) continue
      const text = source.line(index).slice(0, widest)
      if (source.isClosed(index)) {
        colour(row, text)
        this.#shown[place] = index
      } else {
        row.textContent = text
        this.#shown[place] = null
      }
    }
  }

  #rotate(by: number): void {
    if (by === 0) return
    if (by < 0 || by >= this.#rows.length) {
      this.#shown.fill(null)
      return
    }
    const rows = this.#rows.splice(0, by)
    this.#shown.splice(0, by)
    this.#box.append(...rows)
    this.#rows.push(...rows)
    this.#shown.push(...rows.map(() => null))
  }
}

function colour(row: HTMLElement, text: string): void {
  row.textContent = ''
  for (const { text: piece, kind } of codePieces(text)) {
    if (!kind) {
      row.append(piece)
      continue
    }
    const span = document.createElement('span')
    span.className = `code-${kind}`
    span.textContent = piece
    row.append(span)
  }
}
