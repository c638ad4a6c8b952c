/** A Markdown fence longer than any run of backticks in the content, so that the content cannot close it. */
export function openFence(content: string): string {
  let longest = 2
  for (const [run] of content.matchAll(/`{3,}/g)) longest = Math.max(longest, run.length)
  return '`'.repeat(longest + 1)
}
