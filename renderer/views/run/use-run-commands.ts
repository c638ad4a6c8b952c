import { useState } from 'react'
import type { AgentCardData } from '../../components/run/card.ts'
import { useMedia } from '../../components/use-media.ts'
import { useOffer } from '../../stores/commands.ts'
import { pauseRun, resumeRun } from '../../stores/run-control.ts'
import { show } from '../../stores/view.ts'
import { runStrings } from '../../strings-run.ts'
import { strings } from '../../strings.ts'
import { attempt } from './attempt.ts'
import { commandOf } from './command-of.ts'
import type { RunHeader } from './run-header.ts'

type Given = {
  readonly header: RunHeader
  readonly cards: readonly AgentCardData[]
  readonly onStop: () => void
  readonly onClose: () => void
}
type RunChoices = {
  readonly isList: boolean
  readonly isLogOpen: boolean
  readonly toggleList: () => void
  readonly toggleLog: () => void
}

const words = runStrings.commands

/** Offers what can be done to the run that is shown, and keeps which of its parts are open. */
export function useRunCommands({ header, cards, onStop, onClose }: Given): RunChoices {
  const [isList, setList] = useState(false)
  const isMiddle = useMedia('(min-width: 1100px) and (min-height: 700px)')
  const [isLogChosen, setLog] = useState<boolean | null>(null)
  const isLogOpen = isLogChosen ?? isMiddle
  const toggleList = () => setList(!isList)
  const toggleLog = () => setLog(!isLogOpen)
  const { can } = header
  const command = commandOf(strings.screens.run)
  useOffer('run', [
    command(
      'pause',
      can.goOn ? words.goOn : words.pause,
      'space',
      () => attempt(can.goOn ? resumeRun : pauseRun),
      !can.pause && !can.goOn,
    ),
    command('stop', words.stop, 'mod+.', onStop, !can.stop),
    command('list', words.list, 'l', toggleList),
    command('log', words.log, 'mod+j', toggleLog),
    command('review', words.review, 'v', () => show('review'), header.files === 0),
    { ...command('close', words.close, 'escape', onClose), isKeyOnly: true },
    ...cards.slice(0, 9).map(({ id, name }, index) => ({
      ...command(`agent ${id}`, words.agent(name), String(index + 1), () => focusCard(id)),
      isKeyOnly: true,
    })),
  ])
  return { isList, isLogOpen, toggleList, toggleLog }
}

const focusCard = (id: string) =>
  document.querySelector<HTMLElement>(`[data-agent="${CSS.escape(id)}"]`)?.focus()
