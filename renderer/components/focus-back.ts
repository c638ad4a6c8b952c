import { useRef } from 'react'

/**
 * Where the focus goes when something that lay over the page is closed: to what had it before, unless it has been moved
 * since. The library alone would put it on the first control of a region that only a script can focus.
 */
export function useFocusBack(popup: Element | null) {
  const before = useRef<Element | null>(null)
  return {
    /** To be called before the focus moves into the popup. */
    remember: () => (before.current = document.activeElement),
    giveBack: (): boolean => {
      const now = document.activeElement
      if (now !== document.body && !popup?.contains(now)) return false
      const element = before.current
      if (!(element instanceof HTMLElement) || element.tabIndex >= 0 || element === document.body) return true
      // Once the popup is gone.
      queueMicrotask(() => element.focus({ preventScroll: true }))
      return false
    },
  }
}
