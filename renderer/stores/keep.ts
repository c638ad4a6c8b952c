/** Keeps a small choice of the window's own, such as the theme, for the next time. */
export function keep(name: string, value: unknown): void {
  try {
    localStorage.setItem(`paddock.${name}`, JSON.stringify(value))
  } catch {
    // A browser that stores nothing loses a convenience, no work.
  }
}

/** What was kept under a name; null where there is nothing, or nothing that can be read. */
export function recall<T>(name: string): T | null {
  try {
    return JSON.parse(localStorage.getItem(`paddock.${name}`) ?? 'null') as T | null
  } catch {
    return null
  }
}
