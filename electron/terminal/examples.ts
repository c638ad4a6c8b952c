import type { Command } from 'commander'
import { tableLines } from './format.ts'
import { outputWidth } from './print.ts'
import { asTyped } from './program-name.ts'

/** Columns that help has, as commander counts them. */
export const helpWidth = (): number => Math.min(outputWidth(), 80)

/** Adds examples to a command's help: what is typed, and what it is for. */
export const addExamples = (
  command: Command,
  ...examples: readonly (readonly [typed: string, does: string])[]
): Command =>
  command.addHelpText('after', () => {
    const rows = examples.map(([typed, does]) => [`  ${asTyped(typed)}`, does])
    const lines = tableLines(rows, Infinity)
    const fits = lines.every((line) => line.length <= helpWidth())
    return [
      '',
      'Examples:',
      ...(fits ? lines : rows.flatMap(([typed, does]) => [typed, `      ${does}`])),
    ].join('\n')
  })
