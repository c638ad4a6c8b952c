/** A number for people. */
export const count = (value: number): string => value.toLocaleString('en-US')

/** A noun with its number: `1 file`, `2,000 files`; in the plural an s is added where nothing else is given. */
export const counted = (value: number, noun: string, plural = `${noun}s`): string =>
  `${count(value)} ${value === 1 ? noun : plural}`
