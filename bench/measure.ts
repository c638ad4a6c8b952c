/** A row of the table. `ratio` is the measured value against what the aim names. */
export type Measure = {
  readonly measure: string
  readonly paddock: string
  readonly openai?: string
  readonly fetch?: string
  readonly ratio?: string
  readonly aim: string
}

/** Prints rows as one table. */
export function printMeasures(rows: readonly Measure[]): void {
  console.table(
    Object.fromEntries(
      rows.map(({ measure, paddock, openai = '', fetch = '', ratio = '', aim }) => [
        measure,
        { paddock, 'openai floor': openai, 'fetch floor': fetch, ratio, aim },
      ]),
    ),
  )
}

export const milliseconds = (value: number): string => `${value.toFixed(value < 10 ? 2 : 0)} ms`

/** One value against another, as the table shows it. */
export const ratio = (value: number, other: number): string => (value / other).toFixed(3)

/** The middle of several values. */
export function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)]!
}

/** The median of each contender over so many turns; they take turns, after some that do not count. */
export async function interleave<Name extends string>(
  contenders: Readonly<Record<Name, () => Promise<number>>>,
  turns: number,
  warmUps = 1,
): Promise<Record<Name, number>> {
  const names = Object.keys(contenders) as Name[]
  const values = new Map(names.map((name) => [name, [] as number[]]))
  for (let turn = -warmUps; turn < turns; turn++)
    for (const name of names) {
      const value = await contenders[name]()
      if (turn >= 0) values.get(name)!.push(value)
    }
  return Object.fromEntries(names.map((name) => [name, median(values.get(name)!)])) as Record<Name, number>
}
