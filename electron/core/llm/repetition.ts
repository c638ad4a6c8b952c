/** Only what has repeated itself for this long, and this often, is called a loop: tables of equal rows are not. */
const leastLength = 4000
const leastRepeats = 12

/** Whether a text ends in the same passage over and over. Costs time linear in `leastLength`, whatever the text's length. */
export function endsInLoop(text: string): boolean {
  if (text.length < leastLength) return false
  const tail = text.slice(-leastLength)
  const period = shortestPeriod(tail)
  return tail.trim() !== '' && period * leastRepeats <= leastLength
}

/** The smallest shift under which a text equals itself (Knuth, Morris and Pratt's failure function). */
function shortestPeriod(text: string): number {
  const border = new Uint16Array(text.length)
  for (let index = 1, length = 0; index < text.length; index++) {
    while (length > 0 && text[index] !== text[length]) length = border[length - 1]!
    if (text[index] === text[length]) length++
    border[index] = length
  }
  return text.length - border[text.length - 1]!
}
