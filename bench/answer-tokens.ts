/** An answer of so many tokens of four characters: a sentence, and one Python file that is named after the step. */
export function answerTokens(step: number, count: number): string[] {
  const head = split(`Done.\n\nFile: \`src/step_${step}.py\`\n\`\`\`python\n`)
  const tail = split('\n```\n')
  const lines = split('value = compute(value)\nprint(value)\n')
  const body = Array.from(
    { length: Math.max(0, count - head.length - tail.length) },
    (_, index) => lines[index % lines.length]!,
  )
  return [...head, ...body, ...tail]
}

const split = (text: string): string[] => text.match(/[^]{1,4}/g) ?? []
