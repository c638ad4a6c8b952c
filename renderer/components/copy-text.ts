/**
 * Puts a text on the clipboard; false where that was refused. By the old way on purpose: the new one asks for a permission,
 * and the desktop window grants none.
 */
export function copyText(text: string): boolean {
  const give = (event: ClipboardEvent) => {
    event.preventDefault()
    event.stopImmediatePropagation()
    event.clipboardData?.setData('text/plain', text)
  }
  document.addEventListener('copy', give, { capture: true, once: true })
  try {
    return document.execCommand('copy')
  } finally {
    document.removeEventListener('copy', give, { capture: true })
  }
}
