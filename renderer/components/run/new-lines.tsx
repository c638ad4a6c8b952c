import { ArrowDown } from 'lucide-react'
import { runStrings } from '../../strings-run.ts'

type NewLinesProps = { readonly fresh: number; readonly isFollowing: boolean; readonly follow: () => void }

/** Lies over the lower edge of a list that does not follow: how much came, and the way back to the end. */
export function NewLines({ fresh, isFollowing, follow }: NewLinesProps) {
  if (isFollowing) return null
  return (
    <button
      type="button"
      onClick={follow}
      className="absolute right-4 bottom-2 z-10 flex h-6 items-center gap-1 rounded-full border border-line bg-surface-3 px-2 text-xs text-fg shadow-2"
    >
      <ArrowDown aria-hidden size={12} />
      {fresh > 0 ? runStrings.card.newLines(fresh) : runStrings.card.follow}
    </button>
  )
}
