import type { Check } from '../../shared/reports.ts'
import { printable, printableText, wrap } from './format.ts'
import { outputWidth, print, printJson } from './print.ts'
import { asTyped } from './program-name.ts'

/** Prints what was looked at; returns 1 when something is missing. */
export function printChecks(checks: readonly Check[], { json }: { json?: boolean }): number {
  if (json) printJson(checks)
  else print(...checkLines(checks, outputWidth()))
  return checks.some(({ state }) => state === 'problem') ? 1 : 0
}

/** A line for each check and below it what to do; a command in a hint stays whole, so that it can be copied. */
export function checkLines(checks: readonly Check[], width: number): string[] {
  const nameWidth = Math.max(...checks.map(({ name }) => name.length))
  const start = 'problem'.length + nameWidth + 4
  return [
    ...checks.flatMap(({ name, state, message, hint = '' }) => {
      const [advice = '', ...commands] = hint.split('\n')
      const words = [printableText(message), asTyped(printable(advice))].filter((text) => text !== '')
      const [first = '', ...more] = words.flatMap((text) => wrap(text, width - start))
      return [
        `${state.padEnd(7)}  ${printable(name).padEnd(nameWidth)}  ${first}`,
        ...more.map((line) => `${' '.repeat(start)}${line}`),
        ...commands.map((command) => `  ${printable(command)}`),
      ]
    }),
    '',
    ...wrap(verdictOn(checks), width),
  ]
}

function verdictOn(checks: readonly Check[]): string {
  if (checks.some(({ state }) => state === 'problem'))
    return asTyped('Runs on a model fail until the problems are solved; paddock rehearse needs no model.')
  return checks.some(({ state }) => state === 'warning')
    ? 'Runs will work; look at the warnings.'
    : 'All is well.'
}
