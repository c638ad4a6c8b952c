import { ChevronDown, ChevronUp, MessagesSquare, SquareTerminal } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import type { RunEvent } from '../../../shared/run-event.ts'
import { IconButton } from '../../components/icon-button.tsx'
import type { LogLevel, LogLine } from '../../components/run/log-line.ts'
import { LogList } from '../../components/run/log-list.tsx'
import { Select } from '../../components/select.tsx'
import { Tabs } from '../../components/tabs.tsx'
import { useMedia } from '../../components/use-media.ts'
import { useOpenRun } from '../../stores/run.ts'
import { runStrings } from '../../strings-run.ts'
import { logLine } from './log-lines.ts'
import { Messages } from './message-panel.tsx'

type LogDrawerProps = {
  readonly isOpen: boolean
  readonly onToggle: () => void
  /** Where there is no room for a panel of messages they are a tab here. */
  readonly hasMessages: boolean
}

const words = runStrings.log
const levels = ['debug', 'info', 'warn', 'error'] as const

/** What happened in a run, line by line. */
export function LogDrawer({ isOpen, onToggle, hasMessages }: LogDrawerProps) {
  const [level, setLevel] = useState<LogLevel>('info')
  const [tab, setTab] = useState('log')
  const lines = useLogLines()
  const shown = useMemo(
    () => lines.filter((line) => levels.indexOf(line.level) >= levels.indexOf(level)),
    [lines, level],
  )
  const isLarge = useMedia('(min-width: 1600px)')
  const log = {
    id: 'log',
    label: (
      <>
        <SquareTerminal aria-hidden size={14} />
        {words.title}
      </>
    ),
    panel: isOpen ? <LogList key={level} lines={shown} lead={isLarge ? 20 : 16} /> : null,
  }
  const messages = {
    id: 'messages',
    label: (
      <>
        <MessagesSquare aria-hidden size={14} />
        {runStrings.messages.title}
      </>
    ),
    panel: isOpen ? <Messages /> : null,
  }
  const end = (
    <>
      <span className="w-44">
        <Select
          label={words.title}
          size="sm"
          value={level}
          onChange={setLevel}
          choices={levels.map((value) => ({ value, ...words.levels[value] }))}
        />
      </span>
      <IconButton
        icon={isOpen ? ChevronDown : ChevronUp}
        size="sm"
        keys="mod+j"
        label={isOpen ? words.hide : words.show}
        onClick={onToggle}
      />
    </>
  )
  return (
    <section
      aria-label={words.title}
      className="flex-none overflow-hidden border-t border-line-subtle bg-surface-0"
      style={{ height: isOpen ? (isLarge ? 172 : 132) : 36 }}
    >
      <Tabs
        label={words.title}
        tabs={hasMessages ? [log, messages] : [log]}
        value={hasMessages ? tab : 'log'}
        onChange={setTab}
        end={end}
      />
    </section>
  )
}

/** The lines of the open run; events that have their line already are not looked at again. */
function useLogLines(): readonly LogLine[] {
  const events = useOpenRun((open) => open.events)
  const run = useOpenRun((open) => open.run)
  const made = useRef<{ events: readonly RunEvent[]; lines: readonly LogLine[] }>({ events: [], lines: [] })
  return useMemo(() => {
    const { events: before, lines } = made.current
    const isLonger = events[0] === before[0] && events[before.length - 1] === before.at(-1)
    const fresh = events.slice(isLonger ? before.length : 0).map((event) => logLine(run, event))
    made.current = { events, lines: isLonger ? [...lines, ...fresh] : fresh }
    return made.current.lines
  }, [events, run])
}
