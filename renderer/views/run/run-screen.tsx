import { useMemo, useState } from 'react'
import { settleOpen } from '../../../shared/fold-task.ts'
import { LiveRegion } from '../../components/live-region.tsx'
import type { CallText } from '../../components/run/step-panel.tsx'
import { Split } from '../../components/split.tsx'
import { useMedia } from '../../components/use-media.ts'
import { useOpenRun } from '../../stores/run.ts'
import { useRuns } from '../../stores/runs.ts'
import { runStrings } from '../../strings-run.ts'
import { roleName } from '../../strings.ts'
import { agentCards } from './agent-cards.ts'
import { Cards } from './cards.tsx'
import { CallTextViewer } from './call-text.tsx'
import { LogDrawer } from './log-drawer.tsx'
import { MessagePanel } from './message-panel.tsx'
import { RunBanners } from './run-banners.tsx'
import { runHeader } from './run-header.ts'
import { RunTop } from './run-top.tsx'
import { SidePanel, type Chosen } from './side-panel.tsx'
import { stepsOf } from './step-data.ts'
import { Steps } from './steps.tsx'
import { useAnnouncement } from './use-announcement.ts'
import { useRunCommands } from './use-run-commands.ts'

/** One run: header, graph, agents, messages and log. Only what an event changed is drawn again. */
export function RunScreen() {
  const { run: folded, notes } = useOpenRun()
  const summary = useRuns(({ list }) => list.value?.find(({ id }) => id === folded.id))
  const isLed = summary?.status !== 'interrupted'
  // Where nobody leads the run any more, nobody works on it.
  const run = useMemo(() => (isLed ? folded : { ...folded, tasks: settleOpen(folded) }), [folded, isLed])
  const header = useMemo(() => runHeader(run, summary?.status), [run, summary?.status])
  const cards = useMemo(
    () => agentCards(run, notes, roleName, header.canRetry),
    [run, notes, header.canRetry],
  )
  const steps = useMemo(() => stepsOf(run), [run])
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [text, setText] = useState<CallText | null>(null)
  const [isStopAsked, setStopAsked] = useState(false)
  const isWide = useMedia('(min-width: 1100px)')
  const isLarge = useMedia('(min-width: 1600px)')
  const said = useAnnouncement(run, cards)
  const view = useRunCommands({
    header,
    cards,
    onStop: () => setStopAsked(true),
    onClose: () => close(),
  })
  const close = () => {
    if (!chosen) return
    setChosen(null)
    document.querySelector<HTMLElement>(`[data-${chosen.kind}="${CSS.escape(chosen.id)}"]`)?.focus()
  }
  const choose = (next: Chosen) =>
    setChosen(next.kind === chosen?.kind && next.id === chosen.id ? null : next)

  const panel = chosen && (
    <SidePanel
      chosen={chosen}
      run={run}
      notes={notes}
      steps={steps}
      cards={cards}
      canRetry={header.canRetry}
      onChoose={choose}
      onOpen={setText}
      onClose={close}
    />
  )
  const main = (
    <div className="flex h-full min-h-0 min-w-0 flex-col">
      <Steps
        steps={steps}
        selected={chosen?.kind === 'step' ? chosen.id : null}
        onSelect={(id) => choose({ kind: 'step', id })}
        isList={view.isList}
        onToggle={view.toggleList}
      />
      <Cards cards={cards} run={run} onOpen={setText} onLook={(id) => choose({ kind: 'agent', id })} />
      <LogDrawer isOpen={view.isLogOpen} onToggle={view.toggleLog} hasMessages={!isWide} />
    </div>
  )
  return (
    <>
      <RunTop
        title={summary?.title ?? run.workflow.name}
        run={run}
        notes={notes}
        header={header}
        isStopAsked={isStopAsked}
        onStopAsked={setStopAsked}
      />
      <RunBanners run={run} header={header} />
      <div className="relative min-h-0 flex-1">
        {isWide ? (
          <Split
            key={isLarge ? 'large' : 'middle'}
            name={isLarge ? 'run-large' : 'run'}
            label={runStrings.messages.title}
            direction="horizontal"
            panels={[
              { id: 'main', least: '620px', content: main },
              {
                id: 'side',
                size: isLarge ? '344px' : '272px',
                least: '220px',
                greatest: '480px',
                content: panel ?? <MessagePanel />,
              },
            ]}
          />
        ) : (
          <>
            {main}
            {panel && (
              <div className="absolute inset-y-0 right-0 z-20 w-80 border-l border-line bg-surface-1 shadow-2">
                {panel}
              </div>
            )}
          </>
        )}
      </div>
      {text && <CallTextViewer text={text} onClose={() => setText(null)} />}
      <LiveRegion text={said.polite} />
      <LiveRegion text={said.urgent} isUrgent />
    </>
  )
}
