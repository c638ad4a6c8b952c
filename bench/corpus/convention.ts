import type { Prose } from './prose.ts'
import type { Random } from './random.ts'

/** One file to be written into an answer. */
export type Entry = {
  readonly path: string
  readonly language: string
  readonly content: string
  /** Its place in the answer, from 1. */
  readonly number: number
  readonly prose: Prose
  readonly random: Random
  /** The fence to put around it. */
  readonly fence: string
}

/** What an answer holds for a file; `content` and `also` where the convention adds to the file's own lines. */
export type Rendered = {
  readonly text: string
  readonly content?: string
  readonly also?: readonly string[]
}

/** A way to name files. `around` wraps all of them. */
export type Convention = {
  readonly name: string
  readonly weight: number
  readonly render: (entry: Entry) => Rendered
  readonly around?: readonly [before: string, after: string]
  /** Whether an answer holds nothing but files, so that no prose may stand between. */
  readonly isData?: boolean
  /** Content with a lone fence line cannot be told from its end in this convention. */
  readonly noFences?: boolean
}
