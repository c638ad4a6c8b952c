/** Columns of the terminal; where the output goes elsewhere nothing is broken into lines. */
export const outputWidth = (): number => (process.stdout.isTTY ? process.stdout.columns : Infinity)

/** Prints lines. What comes from models or documents has to be printable. */
export function print(...lines: readonly string[]): void {
  process.stdout.write(lines.map((line) => `${line}\n`).join(''))
}

/** Prints a value as JSON. */
export const printJson = (value: unknown): void => print(jsonOf(value, 2))

/** A value as JSON in which whatever could steer a terminal is escaped. */
export const jsonOf = (value: unknown, indent = 0): string =>
  JSON.stringify(value, null, indent).replaceAll(/[\u007f-\u009f\p{Bidi_Control}\u2028\u2029]/gu, escape)

const escape = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
