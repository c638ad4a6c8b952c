import {
  ArrowDownToLine,
  Check,
  Clock,
  MessageSquareText,
  RotateCcw,
  TriangleAlert,
  type LucideIcon,
} from 'lucide-react'
import { useRef, type KeyboardEvent } from 'react'
import { runStrings } from '../../strings-run.ts'
import { Button } from '../button.tsx'
import { classNames } from '../class-names.ts'
import { RoleGlyph } from '../role-glyph.tsx'
import { AgentStatusBadge } from '../status.tsx'
import type { AgentCardData, CardNote, Tone } from './card.ts'
import { CardNumbers } from './card-numbers.tsx'
import { clock } from './clock.ts'
import type { Stream } from './line-source.ts'
import { TailWindow, type TailControl } from './tail-window.tsx'
import { Elapsed, Ticking } from './ticking.tsx'

type AgentCardProps = {
  readonly card: AgentCardData
  readonly stream: Stream | null
  readonly onOpen: () => void
  readonly onRetry: () => void
}

const words = runStrings.card

/** An agent: who it is, what it does, the last lines of what it writes, and what that costs. Never changes its size. */
export function AgentCard({ card, stream, onOpen, onRetry }: AgentCardProps) {
  const control = useRef<TailControl | null>(null)
  const isLive = card.status === 'working' && stream !== null
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget) return
    const act = {
      Enter: onOpen,
      End: () => control.current?.follow(),
      ArrowUp: () => control.current?.scroll(-1),
      ArrowDown: () => control.current?.scroll(1),
      PageUp: () => control.current?.scroll(-4),
      PageDown: () => control.current?.scroll(4),
    }[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }
  return (
    <article
      tabIndex={0}
      data-agent={card.id}
      data-status={card.status}
      aria-label={`${card.name}, ${card.word.toLowerCase()}`}
      onKeyDown={onKeyDown}
      className={classNames(
        'flex min-h-0 min-w-0 flex-col rounded-lg border bg-surface-2 p-3 2xl:p-4',
        card.status === 'working' ? 'border-accent-line' : 'border-line-subtle',
      )}
    >
      <div className="flex min-w-0 flex-none items-center gap-2">
        <RoleGlyph role={card.role} />
        <h2 className="min-w-0 flex-1 truncate font-strong">{card.name}</h2>
        <AgentStatusBadge status={card.status} word={card.word} />
      </div>
      <div className="mt-1 h-4 flex-none truncate text-sm text-fg-2" title={card.task}>
        {card.task}
      </div>
      <div className="mt-2 flex min-h-0 flex-1 flex-col" onDoubleClick={onOpen}>
        {stream ? (
          <TailWindow stream={stream} isLive={isLive} control={control} />
        ) : (
          <div className={classNames('tail', card.status === 'error' && 'tail-error')}>
            <div className="tail-lines tail-words">{card.lines.join('\n')}</div>
          </div>
        )}
      </div>
      <div className="mt-2 flex h-4 flex-none items-center gap-1 text-xs">
        {!card.canRetry && <Note note={card.note} />}
        {card.canRetry && (
          <span className="-my-1 -ml-2 flex-none">
            <Button size="sm" kind="ghost" icon={RotateCcw} onClick={onRetry}>
              {words.retry}
            </Button>
          </span>
        )}
      </div>
      <CardNumbers card={card} stream={stream} elapsed={<Elapsed from={card.from} to={card.to} />} />
    </article>
  )
}

const glyphs: Readonly<Record<Tone, LucideIcon>> = {
  quiet: MessageSquareText,
  good: Check,
  accent: ArrowDownToLine,
  waiting: Clock,
  error: TriangleAlert,
}
const colours: Readonly<Record<Tone, string>> = {
  quiet: 'text-fg-3',
  good: 'text-fg-3 [&>svg]:text-completed',
  accent: 'text-accent',
  waiting: 'text-waiting',
  error: 'text-error',
}

function Note({ note: { tone, text, since, until, detail } }: { readonly note: CardNote }) {
  const Glyph = glyphs[tone]
  return (
    <span
      className={classNames('flex min-w-0 items-center gap-1', colours[tone])}
      title={`${text} ${detail}`.trim()}
    >
      <Glyph aria-hidden size={12} strokeWidth={2} className="flex-none" />
      <span className={detail ? 'flex-none' : 'truncate'}>{text}</span>
      {since !== null && (
        <span className="flex-none">
          <Elapsed from={since} />
        </span>
      )}
      {until !== null && (
        <span className="flex-none">
          <Ticking key={until} text={(now) => `in ${clock(Date.parse(until) - now + 999)}`} />
        </span>
      )}
      {detail && <span className="truncate text-fg-3">{detail}</span>}
    </span>
  )
}
