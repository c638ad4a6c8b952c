import type { Run } from '../../../shared/run.ts'

/** What came of a run, in numbers. */
export type RunFacts = {
  readonly files: number
  readonly whole: number
  readonly incomplete: number
  readonly conflicts: number
  readonly unplaced: number
  readonly promptTokens: number
  readonly answerTokens: number
  /** Paths of the files that came last, the newest first. */
  readonly latest: readonly string[]
}

/** Counts what came of a run; tokens are those of every answer, also of those that do not count any more. */
export function runFacts(run: Run): RunFacts {
  const files = Object.values(run.files)
  const conflicts = files.filter(({ conflict }) => conflict.length > 0).length
  const settled = files.filter(({ conflict }) => conflict.length === 0)
  const whole = settled.filter(({ versions }) => versions.at(-1)?.complete).length
  const answers = Object.values(run.tasks).flatMap(({ calls }) => calls.flatMap(({ answer }) => answer ?? []))
  const sum = (of: (usage: { prompt: number; completion: number }) => number) =>
    answers.reduce((total, { usage }) => total + of(usage), 0)
  return {
    files: files.length,
    whole,
    incomplete: settled.length - whole,
    conflicts,
    unplaced: run.unplaced.length,
    promptTokens: sum(({ prompt }) => prompt),
    answerTokens: sum(({ completion }) => completion),
    latest: files
      .map(({ path }) => path)
      .toReversed()
      .slice(0, 12),
  }
}
