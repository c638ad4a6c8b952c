import {
  Check,
  CircleSlash,
  Equal,
  FilePen,
  GitFork,
  HardDriveDownload,
  ListChevronsUpDown,
  Plus,
  RefreshCw,
  ShieldAlert,
  TriangleAlert,
  X,
  type LucideIcon,
} from 'lucide-react'
import { reviewStrings } from '../../strings-review.ts'
import { Badge, type Tone } from '../badge.tsx'
import type { FileBadge } from './review-file.ts'

type BadgeLook = { readonly icon: LucideIcon; readonly tone: Tone; readonly colour: string }

/** How each badge looks; its word is in the strings. */
export const badgeLooks: Readonly<Record<FileBadge, BadgeLook>> = {
  new: { icon: Plus, tone: 'plain', colour: 'text-new' },
  changed: { icon: FilePen, tone: 'plain', colour: 'text-changed' },
  same: { icon: Equal, tone: 'plain', colour: 'text-fg-3' },
  conflict: { icon: GitFork, tone: 'conflict', colour: 'text-conflict' },
  incomplete: { icon: CircleSlash, tone: 'waiting', colour: 'text-incomplete' },
  elided: { icon: ListChevronsUpDown, tone: 'waiting', colour: 'text-incomplete' },
  stale: { icon: RefreshCw, tone: 'waiting', colour: 'text-stale' },
  held: { icon: ShieldAlert, tone: 'waiting', colour: 'text-waiting' },
  moved: { icon: HardDriveDownload, tone: 'conflict', colour: 'text-conflict' },
  refused: { icon: TriangleAlert, tone: 'error', colour: 'text-error' },
  accepted: { icon: Check, tone: 'completed', colour: 'text-completed' },
  rejected: { icon: X, tone: 'error', colour: 'text-failed' },
  written: { icon: HardDriveDownload, tone: 'completed', colour: 'text-completed' },
}

/** The badges of a file with their words. */
export const FileBadges = ({ badges }: { readonly badges: readonly FileBadge[] }) =>
  badges.map((badge) => {
    const { icon, tone } = badgeLooks[badge]
    return (
      <Badge key={badge} tone={tone} icon={icon}>
        {reviewStrings.badges[badge]}
      </Badge>
    )
  })

/** One badge as a drawing, where a word has no room; it has a name. */
export function BadgeGlyph({ badge }: { readonly badge: FileBadge }) {
  const { icon: Drawing, colour } = badgeLooks[badge]
  return (
    <span aria-hidden title={reviewStrings.badges[badge]} className={`flex-none ${colour}`}>
      <Drawing aria-hidden size={12} strokeWidth={2} />
    </span>
  )
}
