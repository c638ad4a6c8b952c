import { measureAgents } from './agents.ts'
import { measureFileWriting } from './file-writing.ts'
import { measureMakespan } from './makespan.ts'

/** A line of the table; `aim` is what the specification or the plan names. */
export type Measure = { measure: string; value: string; aim: string }

const rows: Measure[] = []
for (const measure of [measureAgents, measureFileWriting, measureMakespan]) rows.push(...(await measure()))
console.table(Object.fromEntries(rows.map(({ measure, value, aim }) => [measure, { value, aim }])))
