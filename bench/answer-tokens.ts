/** An answer of so many tokens of four characters: a sentence, and one Python file that is named after the step. */
export function answerTokens(step: number, count: number): string[] {
  const head = split(`Done.\n\nFile: \`src/step_${step}.py\`\n\`\`\`python\n`)
  const tail = split('\n```\n')
  const body: string[] = []
  const size = Math.max(0, count - head.length - tail.length)
  // No two lines are the same, or the answer would be taken for one that goes round in circles.
  for (let line = 1; body.length < size; line++)
    body.push(...split(`value_${line} = compute(value_${line - 1}, ${(line * 7919) % 1000})\n`))
  return [...head, ...body.slice(0, size), ...tail]
}

const split = (text: string): string[] => text.match(/[^]{1,4}/g) ?? []
