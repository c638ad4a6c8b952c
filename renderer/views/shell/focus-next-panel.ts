const canFocus = 'button, a[href], input, textarea, select, [tabindex]:not([tabindex="-1"])'

/** Moves the focus to the first control of the next region that has a name: navigation, lists, panels. */
export function focusNextPanel(): void {
  const panels = [
    ...document.querySelectorAll<HTMLElement>('nav[aria-label], section[aria-label], aside[aria-label]'),
  ].filter((panel) => panel.offsetParent !== null && panel.querySelector(canFocus))
  if (panels.length === 0) return
  const at = panels.findLastIndex((panel) => panel.contains(document.activeElement))
  panels[(at + 1) % panels.length]!.querySelector<HTMLElement>(canFocus)?.focus()
}
