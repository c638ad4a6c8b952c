/** For how long something is kept: as long as the browser knows us, or as long as this tab is there. */
type Span = 'always' | 'tab'

const storage = (span: Span): Storage => (span === 'tab' ? sessionStorage : localStorage)

/** Keeps a small choice of the window's own, such as the theme, for the next time. */
export function keep(name: string, value: unknown, span: Span = 'always'): void {
  try {
    storage(span).setItem(`paddock.${name}`, JSON.stringify(value))
  } catch {
    // A browser that stores nothing loses a convenience, no work.
  }
}

/** What was kept under a name; null where there is nothing, or nothing that can be read. */
export function recall<T>(name: string, span: Span = 'always'): T | null {
  try {
    return JSON.parse(storage(span).getItem(`paddock.${name}`) ?? 'null') as T | null
  } catch {
    return null
  }
}
