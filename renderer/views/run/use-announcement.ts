import { useRef } from 'react'
import type { Run } from '../../../shared/run.ts'
import type { AgentCardData } from '../../components/run/card.ts'
import { announce, type Said } from './announce.ts'

/** The sentences to say for what changed since the last time; nothing while nothing did. */
export function useAnnouncement(run: Run, cards: readonly AgentCardData[]): Said {
  const before = useRef<{ run: Run; cards: readonly AgentCardData[] }>({ run, cards })
  const said = useRef<Said>({ polite: '', urgent: '' })
  if (before.current.run !== run) {
    const next = announce(before.current, { run, cards })
    before.current = { run, cards }
    said.current = {
      polite: next.polite || said.current.polite,
      urgent: run.outcome ? next.urgent || said.current.urgent : '',
    }
  }
  return said.current
}
