import { useEffect, useRef, useState } from 'react'

/** Milliseconds between two announcements; what comes meanwhile is merged into the next. */
const gap = 5000

/**
 * Says a sentence to those who listen instead of look: at most one in 5 s, the latest one wins.
 * `isUrgent` interrupts and does not wait: only for "the run stopped" and "the server stopped".
 */
export function LiveRegion({
  text,
  isUrgent = false,
}: {
  readonly text: string
  readonly isUrgent?: boolean
}) {
  const [said, setSaid] = useState('')
  const lastAt = useRef(-gap)
  useEffect(() => {
    if (isUrgent || text === '') return
    const wait = Math.max(0, lastAt.current + gap - performance.now())
    const timer = setTimeout(() => {
      lastAt.current = performance.now()
      setSaid(text)
    }, wait)
    return () => clearTimeout(timer)
  }, [text, isUrgent])
  return (
    <div
      role={isUrgent ? 'alert' : 'status'}
      aria-live={isUrgent ? 'assertive' : 'polite'}
      className="sr-only"
    >
      {isUrgent ? text : said}
    </div>
  )
}
