import type { Naming } from './name-block.ts'

/** What gave a file its name. */
export type How =
  'fence' | 'heading' | 'inside' | 'tag' | 'json' | 'diff' | 'edit' | 'plan' | 'task' | 'custom'

/** One piece of an answer that is code, or could be: mostly what stands between two fences. */
export type Block = Omit<Naming, 'how' | 'style' | 'linesAbove' | 'refused'> & {
  /** Exactly what stands between the fences' lines, with its last line end. */
  content: string
  how: How | null
  /** What stands where its name stands, as it is written, where that was not taken. */
  refused?: string | null
  /** 1-based line of the answer where the content starts, and the one behind its end. */
  line: number
  end: number
  /** False where the answer ended, or the next file began, before the block did. */
  closed: boolean
  /** The lines between the block before and this one, the last ones only. */
  above: readonly string[]
}
