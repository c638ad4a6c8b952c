import { parseEnv } from 'node:util'
import { variablesOfFile } from './variables.ts'

/** A variable with the line on which it stands. */
export type PlacedVariable = { readonly name: string; readonly text: string; readonly line: number }
/** What a `.env` file says: its variables, what cannot be used, and what should be known. */
export type EnvFile = {
  readonly variables: readonly PlacedVariable[]
  readonly faults: readonly { readonly line: number; readonly message: string }[]
  readonly warnings: readonly { readonly line: number; readonly message: string }[]
}

/** Reads a `.env` file as Node does. What Node would silently take for something else is a fault of our variables. */
export function readEnvFile(text: string): EnvFile {
  const parsed = new Map(Object.entries(parseEnv(text)))
  const lines = text.split(/\r\n|\n|\r/)
  const faults: { line: number; message: string }[] = []
  const warnings: { line: number; message: string }[] = []
  const places = new Map<string, number>()
  for (const [index, content] of lines.entries()) {
    const line = index + 1
    const [, name = '', rest = ''] = /^\s*(?:export\s+)?([A-Za-z_]\w*)\b(.*)$/.exec(content) ?? []
    if (!parsed.has(name) && !variablesOfFile.has(name)) continue
    const before = places.get(name)
    if (before !== undefined && variablesOfFile.has(name))
      warnings.push({ line, message: `${name} replaces that of line ${before}.` })
    places.set(name, line)
    const fault = variablesOfFile.has(name) && faultOf(name, rest.trim(), parsed.has(name))
    if (fault) faults.push({ line, message: fault })
  }
  const faulty = new Set(faults.map(({ line }) => line))
  const variables = [...parsed].flatMap(([name, value]) => {
    const line = places.get(name) ?? 1
    return faulty.has(line) ? [] : [{ name, text: value ?? '', line }]
  })
  // Node gives them in the order of their names.
  return { variables: variables.sort((one, other) => one.line - other.line), faults, warnings }
}

function faultOf(name: string, rest: string, isParsed: boolean): string | null {
  if (!rest.startsWith('=')) return `${name} is followed by something else than "=".`
  const value = rest.slice(1).trim()
  const [, quote = ''] = /^(["'`])/.exec(value) ?? []
  if (quote === '' && /[^\s]#/.test(value)) return `${name}: a comment begins at #. Put the value in quotes.`
  if (quote !== '') {
    const end = value.indexOf(quote, 1)
    if (end === -1) return `${name}: the quote ${quote} is not closed on its line.`
    const after = value.slice(end + 1).trim()
    if (after !== '' && !after.startsWith('#'))
      return `${name}: something follows the closing quote ${quote}.`
  }
  return isParsed ? null : `${name} lies within the quotes of a line above it.`
}
