/** News for a page: `tell` says some, which wait while no page listens. */
export type PageNews<T> = { tell(news: T): void; pageListens(): void; pageEnds(): void }

/** Keeps what a page is to be told until there is one that listens. */
export function createPageNews<T>(tell: (news: T) => void): PageNews<T> {
  let waiting: T[] = []
  let isHeard = false
  const flush = () => {
    if (!isHeard) return
    const ready = waiting
    waiting = []
    ready.forEach(tell)
  }
  return {
    tell(news) {
      waiting.push(news)
      flush()
    },
    pageListens() {
      isHeard = true
      flush()
    },
    pageEnds() {
      isHeard = false
    },
  }
}
