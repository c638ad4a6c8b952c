/** A Markdown fence longer than any run of backticks in the content, so that the content cannot close it. */
export function openFence(content: string): string {
  let longest = 2
  for (const [run] of content.matchAll(/`{3,}/g)) longest = Math.max(longest, run.length)
  return '`'.repeat(longest + 1)
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
