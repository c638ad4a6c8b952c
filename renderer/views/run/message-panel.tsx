import { useMemo } from 'react'
import { MessageList } from '../../components/run/message-list.tsx'
import { useOpenRun } from '../../stores/run.ts'
import { runStrings } from '../../strings-run.ts'
import { roleName } from '../../strings.ts'
import { shownMessages } from './shown-messages.ts'

/** The messages of the open run in a panel of their own. */
export function MessagePanel() {
  const count = useOpenRun(({ run }) => run.messages.length)
  return (
    <section aria-label={runStrings.messages.title} className="flex h-full min-h-0 flex-col">
      <div className="flex h-10 flex-none items-center gap-2 border-b border-line-subtle px-4">
        <h2 className="font-strong">{runStrings.messages.title}</h2>
        <span className="text-sm text-fg-3">{count}</span>
      </div>
      <div className="min-h-0 flex-1">
        <Messages />
      </div>
    </section>
  )
}

/** What a role is called where there is little room. */
export const shortName = (role: string) => runStrings.messages.short[role] ?? roleName(role)

/** The messages of the open run. */
export function Messages() {
  const run = useOpenRun((open) => open.run)
  const times = useOpenRun((open) => open.notes.messages)
  const messages = useMemo(() => shownMessages(run, times, shortName), [run, times])
  return <MessageList messages={messages} hasEnded={run.outcome !== null} />
}
