/** A Markdown fence longer than any run of backticks in the content, so that the content cannot close it. */
export function openFence(content: string): string {
  return '`'.repeat(Math.max(3, longestRun(content) + 1))
}

/** The length of the longest run of backticks in a text, which what encloses it has to differ from. */
export function longestRun(text: string): number {
  let longest = 0
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length)
  return longest
}

/** The text with a fence closed that is still open at its end, so that what comes after it stands outside. */
export function closeFence(text: string): string {
  let open: string | null = null
  for (const [, mark = '', info = ''] of text.matchAll(/^ {0,3}(`{3,}|~{3,})(.*)$/gm)) {
    if (open !== null) open = mark.startsWith(open) && info.trim() === '' ? null : open
    else if (!info.includes('`')) open = mark
  }
  return open === null ? text : `${text.trimEnd()}\n${open}`
}
