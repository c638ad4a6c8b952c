import { useEffect, useRef } from 'react'

/**
 * Puts the focus on the screen when a person goes to another place, and at no other time: keys go on from there, and
 * whoever listens hears its name.
 */
export function useFocusOnScreen(place: string): void {
  const focused = useRef(place)
  useEffect(() => {
    if (focused.current === place) return
    focused.current = place
    document.getElementById('screen')?.focus({ preventScroll: true })
  }, [place])
}
