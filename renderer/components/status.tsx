import {
  Ban,
  Circle,
  CircleCheck,
  CirclePause,
  CircleX,
  Clock,
  Hand,
  LoaderCircle,
  SplitSquareVertical,
  TriangleAlert,
  Unplug,
} from 'lucide-react'
import type { AgentStatus } from '../../shared/agent.ts'
import { standingOf, type Standing } from '../../shared/standing.ts'
import { strings } from '../strings.ts'
import { Badge, type Tone } from './badge.tsx'
import { classNames } from './class-names.ts'
import type { Icon } from './icon.ts'

type Look = { readonly tone: Tone; readonly icon: Icon; readonly word: string; readonly isTurning?: boolean }

const agentLooks: Readonly<Record<AgentStatus, Look>> = {
  idle: { tone: 'idle', icon: Circle, word: strings.status.idle },
  waiting: { tone: 'waiting', icon: Clock, word: strings.status.waiting },
  working: { tone: 'working', icon: LoaderCircle, word: strings.status.working, isTurning: true },
  completed: { tone: 'completed', icon: CircleCheck, word: strings.status.completed },
  error: { tone: 'error', icon: TriangleAlert, word: strings.status.error },
}

const runLooks: Readonly<Record<Standing, Look>> = {
  running: { tone: 'working', icon: LoaderCircle, word: strings.status.running, isTurning: true },
  gated: { tone: 'waiting', icon: Hand, word: strings.status.gated },
  paused: { tone: 'waiting', icon: CirclePause, word: strings.status.paused },
  interrupted: { tone: 'waiting', icon: Unplug, word: strings.status.interrupted },
  completed: { tone: 'completed', icon: CircleCheck, word: strings.status.completed },
  partial: { tone: 'waiting', icon: SplitSquareVertical, word: strings.status.partial },
  refused: { tone: 'waiting', icon: CircleX, word: strings.status.refused },
  failed: { tone: 'error', icon: TriangleAlert, word: strings.status.failed },
  cancelled: { tone: 'idle', icon: Ban, word: strings.status.cancelled },
}

const colours: Readonly<Record<Tone, string>> = {
  idle: 'text-idle',
  waiting: 'text-waiting',
  working: 'text-working',
  completed: 'text-completed',
  error: 'text-error',
  conflict: 'text-conflict',
  plain: 'text-fg-2',
}

/** What an agent does, as a badge; `word` says it more exactly, such as "Waiting for a slot". */
export function AgentStatusBadge({ status, word }: { readonly status: AgentStatus; readonly word?: string }) {
  const look = agentLooks[status]
  return (
    <Badge tone={look.tone} icon={look.icon} isTurning={look.isTurning ?? false}>
      {word ?? look.word}
    </Badge>
  )
}

type Standable = Parameters<typeof standingOf>[0]

/** How a run stands, as a badge. */
export function RunStatusBadge({ run }: { readonly run: Standable }) {
  const look = runLooks[standingOf(run)]
  return (
    <Badge tone={look.tone} icon={look.icon} isTurning={look.isTurning ?? false}>
      {look.word}
    </Badge>
  )
}

/** How a run stands, as a line of a table shows it; `isBare` leaves out the word where it stands elsewhere. */
export function RunStatusText({ run, isBare }: { readonly run: Standable; readonly isBare?: boolean }) {
  const { tone, icon: Drawing, word, isTurning } = runLooks[standingOf(run)]
  return (
    <span className={classNames('flex items-center gap-1.5', colours[tone])}>
      <Drawing
        aria-hidden
        size={isBare ? 16 : 12}
        strokeWidth={isBare ? 1.75 : 2}
        className={classNames('flex-none', isTurning && 'spin')}
      />
      <span className={isBare ? 'sr-only' : undefined}>{word}</span>
    </span>
  )
}
