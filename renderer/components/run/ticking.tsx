import { useEffect, useRef } from 'react'
import { clock } from './clock.ts'
import { onTick } from './beat.ts'

/** A number that counts by itself: only its text changes, and nothing around it is drawn again. */
export function Ticking({
  text,
  label,
}: {
  readonly text: (now: number) => string
  readonly label?: string
}) {
  const span = useRef<HTMLSpanElement>(null)
  useEffect(
    () =>
      onTick((now) => {
        const shown = text(now)
        if (span.current && span.current.textContent !== shown) span.current.textContent = shown
      }),
    [text],
  )
  return <span ref={span} aria-label={label} />
}

type ElapsedProps = { readonly from: string | null; readonly to?: string | null }

/** The time since something began, until it ended. */
export function Elapsed({ from, to = null }: ElapsedProps) {
  if (from === null) return <span>0:00</span>
  if (to !== null) return <span>{clock(Date.parse(to) - Date.parse(from))}</span>
  return <Ticking key={from} text={(now) => clock(now - Date.parse(from))} />
}
