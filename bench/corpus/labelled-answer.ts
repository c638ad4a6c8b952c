/** A file that a careful reader takes from an answer; `also` are other contents that the text allows just as well. */
export type ExpectedFile = {
  readonly path: string
  readonly content: string
  readonly also?: readonly string[]
}

/** Why what an answer holds of a file is not the file. */
export type NotWhole = 'cut off' | 'elided' | 'conflict' | 'only a change'

/** A model's answer with what a careful reader finds in it. */
export type LabelledAnswer = {
  readonly name: string
  /** How the answer names its files. */
  readonly convention: string
  /** What in it misleads. */
  readonly traps: readonly string[]
  readonly text: string
  /** The paths that the call asked for, where the caller knows them. */
  readonly plan?: readonly string[]
  /** Whole files, with the path that the text (or a plan of one) states for sure. */
  readonly files: readonly ExpectedFile[]
  /** Paths that the text states, whose content may not be taken as whole. */
  readonly notWhole: readonly { readonly path: string; readonly why: NotWhole }[]
  /** Files that one reader takes and another leaves: neither is an error. */
  readonly mayBeFiles?: readonly ExpectedFile[]
  /** Texts that look like names and that no file may have. */
  readonly mustNotBeFiles: readonly string[]
  /** Contents of blocks that may not become a file under any name: a reader could not tell theirs, or they are no files. */
  readonly unplaced: readonly string[]
}

/** What a reader made of an answer; `whole` where it says that the file can be used. */
export type ReadFile = { readonly path: string; readonly content: string; readonly whole: boolean }

/** A way to get files out of an answer. */
export type Reader = (text: string, plan?: readonly string[]) => readonly ReadFile[]
