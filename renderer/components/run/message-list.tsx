import { ArrowRight, MessagesSquare } from 'lucide-react'
import { useRef, useState } from 'react'
import type { AgentMessage } from '../../../shared/agent.ts'
import { runStrings } from '../../strings-run.ts'
import { classNames } from '../class-names.ts'
import { EmptyState } from '../empty-state.tsx'
import { RoleGlyph } from '../role-glyph.tsx'
import { timeOfDay } from './clock.ts'
import { NewLines } from './new-lines.tsx'
import { useStickToEnd } from './use-stick-to-end.ts'

/** A message with what a person sees of it: who, in words, and when. */
export type ShownMessage = {
  readonly id: string
  readonly fromRole: string
  readonly toRole: string
  readonly from: string
  readonly to: string
  readonly kind: AgentMessage['kind']
  readonly content: string
  readonly at: string | null
}

/** Characters of a message that are shown until a person asks for all. */
const shortest = 280

type MessageListProps = {
  readonly messages: readonly ShownMessage[]
  /** Whether the run has: none will come. */
  readonly hasEnded: boolean
}

/** What agents told each other, the newest at the end. */
export function MessageList({ messages, hasEnded }: MessageListProps) {
  const box = useRef<HTMLDivElement>(null)
  const stick = useStickToEnd(box, messages.length)
  return (
    <div className="relative h-full min-h-0">
      <div
        ref={box}
        tabIndex={0}
        role="log"
        aria-live="off"
        aria-label={runStrings.messages.title}
        className="ring-inside h-full overflow-auto"
      >
        {messages.length === 0 && (
          <EmptyState
            icon={MessagesSquare}
            title={hasEnded ? runStrings.messages.wereNone : runStrings.messages.none}
          />
        )}
        {messages.map((message) => (
          <Message key={message.id} message={message} />
        ))}
      </div>
      <NewLines {...stick} />
    </div>
  )
}

/** One message: from whom to whom, of what kind, and what it says. */
export function Message({ message }: { readonly message: ShownMessage }) {
  const [isWhole, setWhole] = useState(false)
  const { content, kind, at } = message
  const isLong = content.length > shortest
  return (
    <div className="grid gap-1 border-b border-line-subtle px-4 py-2 text-sm last:border-b-0">
      <div className="flex min-w-0 items-center gap-1.5 text-fg-2">
        <RoleGlyph role={message.fromRole} size={16} />
        <ArrowRight aria-hidden size={12} className="flex-none text-fg-3" />
        <RoleGlyph role={message.toRole} size={16} />
        <span className="min-w-0 flex-1 truncate">{runStrings.messages.route(message.from, message.to)}</span>
        {at && <span className="flex-none text-fg-3">{timeOfDay(at).slice(0, 5)}</span>}
      </div>
      <p className="wrap-anywhere whitespace-pre-line">
        <span className={classNames('font-strong', kind === 'bug-report' ? 'text-error' : 'text-fg-2')}>
          {runStrings.messages.kinds[kind]}
        </span>{' '}
        {isLong && !isWhole ? `${content.slice(0, shortest).trimEnd()}…` : content}
      </p>
      {isLong && (
        <button
          type="button"
          aria-expanded={isWhole}
          onClick={() => setWhole(!isWhole)}
          className="min-h-6 justify-self-start rounded-sm text-accent hover:underline"
        >
          {isWhole ? runStrings.messages.less : runStrings.messages.more}
        </button>
      )}
    </div>
  )
}
