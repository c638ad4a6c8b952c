import { useCallback, useEffect, useRef, useState, type RefObject } from 'react'

/** How near to its end, in pixels, a list still counts as standing there. */
const near = 24

type StickToEnd = {
  /** How many items came since the following stopped; 0 while the end is followed. */
  readonly fresh: number
  readonly isFollowing: boolean
  readonly follow: () => void
  /** Stays where it is, such as where a person opens something in it. */
  readonly hold: () => void
}

/** Keeps a scrolling list at its end while items come, or grow by `size`, unless a person scrolled up or selects something in it. */
export function useStickToEnd(box: RefObject<HTMLElement | null>, count: number, size = 0): StickToEnd {
  const [left, setLeft] = useState<number | null>(null)
  const latest = useRef(count)
  const lastTop = useRef(0)
  useEffect(() => {
    latest.current = count
    if (left !== null || !box.current) return
    box.current.scrollTop = box.current.scrollHeight
    lastTop.current = box.current.scrollTop
  }, [box, count, size, left])
  useEffect(() => {
    const element = box.current
    if (!element) return
    const stop = () => setLeft((since) => since ?? latest.current)
    const onScroll = () => {
      const { scrollTop, scrollHeight, clientHeight } = element
      // On its way up a scroll begins near the end, and our own is told late: only a person's that arrives there counts.
      if (scrollTop > lastTop.current && scrollHeight - scrollTop - clientHeight < near) setLeft(null)
      lastTop.current = scrollTop
    }
    // Only a person's own doing stops it: a list that grows scrolls too.
    const onWheel = ({ deltaY }: WheelEvent) => deltaY < 0 && element.scrollTop > 0 && stop()
    const onKey = ({ key }: KeyboardEvent) => {
      if (key === 'ArrowUp' || key === 'PageUp' || key === 'Home') stop()
      if (key === 'End') setLeft(null)
    }
    const onPointer = ({ offsetX }: PointerEvent) => {
      if (offsetX > element.clientWidth) stop()
    }
    const onSelect = () => {
      const selection = document.getSelection()
      if (selection && !selection.isCollapsed && element.contains(selection.anchorNode)) stop()
    }
    element.addEventListener('scroll', onScroll, { passive: true })
    element.addEventListener('wheel', onWheel, { passive: true })
    element.addEventListener('keydown', onKey)
    element.addEventListener('pointerdown', onPointer)
    document.addEventListener('selectionchange', onSelect)
    return () => {
      element.removeEventListener('scroll', onScroll)
      element.removeEventListener('wheel', onWheel)
      element.removeEventListener('keydown', onKey)
      element.removeEventListener('pointerdown', onPointer)
      document.removeEventListener('selectionchange', onSelect)
    }
  }, [box])
  const follow = useCallback(() => setLeft(null), [])
  const hold = useCallback(() => {
    setLeft((since) => since ?? latest.current)
    // The scroll that brings what was opened into sight is none that arrives at the end.
    lastTop.current = Number.POSITIVE_INFINITY
  }, [])
  return { fresh: left === null ? 0 : count - left, isFollowing: left === null, follow, hold }
}
