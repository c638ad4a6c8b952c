/** One way in which answers name their files, and what is to come of it. */
export type Convention = {
  readonly family:
    | 'no whole file'
    | 'fence line'
    | 'line above'
    | 'inside'
    | 'fences'
    | 'tags'
    | 'changes'
    | 'JSON'
    | 'around'
  readonly name: string
  /** Which project, prompt or model writes so. */
  readonly source: string
  readonly answer: string
  readonly files: Readonly<Record<string, string>>
}

/** A row of a family: name, source, answer, and the files that come of it (`one` where nothing else is said). */
export type Row = readonly [
  name: string,
  source: string,
  answer: string,
  files?: Readonly<Record<string, string>>,
]

/** The content that a convention carries where its own does not matter. */
export const body = 'import os\n\nprint(os.name)\n'
/** A statement of `body`, which is less than a whole file. */
export const part = 'print(os.name)\n'
/** The path that a convention names where its own does not matter. */
export const path = 'src/app.py'
/** The one file that comes of most conventions. */
export const one: Readonly<Record<string, string>> = { [path]: body }

/** A block between fences, as an answer holds it. */
export const fence = (info: string, content = body, marks = '```'): string =>
  `${marks}${info}\n${content}${marks}\n`

/** Conventions of one family, each with a sentence before and behind. */
export const family = (name: Convention['family'], rows: readonly Row[]): Convention[] =>
  rows.map(([convention, source, answer, files = one]) => ({
    family: name,
    name: convention,
    source,
    answer: `Here it is.\n\n${answer}\nThat is all.\n`,
    files,
  }))
/** Conventions of one family whose answer stands as it is, with nothing around it. */
export const bare = (name: Convention['family'], rows: readonly Row[]): Convention[] =>
  family(name, rows).map((row, index) => ({ ...row, answer: rows[index]![2] }))

/** Who writes so: the sources that several conventions share. */
export const spec = 'the specification'
export const chat = 'chat models, free style'
export const aider = 'Aider, edit format "whole"'
export const gpt = 'GPT-4 class models'
export const claude = 'Claude class models'
export const qwen = 'Qwen coder models'
export const llama = 'Llama and CodeLlama'
export const mistral = 'Mistral, Devstral'
export const docusaurus = 'documentation tools (Docusaurus, MkDocs), copied by models'
