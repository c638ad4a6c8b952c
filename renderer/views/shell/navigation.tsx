import { Activity, FileDiff, History, Keyboard, Plus, SlidersHorizontal } from 'lucide-react'
import { classNames } from '../../components/class-names.ts'
import { IconButton } from '../../components/icon-button.tsx'
import type { Icon } from '../../components/icon.ts'
import { NavGroup, NavItem } from '../../components/nav.tsx'
import { RunStatusText } from '../../components/status.tsx'
import { useRuns } from '../../stores/runs.ts'
import { setOverlay, show, useView, type Screen } from '../../stores/view.ts'
import { strings } from '../../strings.ts'
import { Engine } from './engine.tsx'

/** The drawing of each screen. */
export const screenIcons: Readonly<Record<Screen, Icon>> = {
  'new-run': Plus,
  run: Activity,
  review: FileDiff,
  runs: History,
  settings: SlidersHorizontal,
}

/** Where a person can go: screens and the latest runs. */
export function Navigation({ isWide }: { readonly isWide: boolean }) {
  const screen = useView((view) => view.screen)
  const runId = useView((view) => view.runId)
  const recent = useRuns((runs) => runs.list.value)?.slice(0, 5) ?? []
  const item = (to: Screen) => (
    <NavItem
      key={to}
      label={strings.screens[to]}
      icon={screenIcons[to]}
      isWide={isWide}
      isCurrent={screen === to}
      isFirst={to === 'new-run'}
      {...(to === 'new-run' ? { keys: 'mod+n' } : {})}
      onClick={() => show(to)}
    />
  )
  return (
    <>
      <NavGroup isWide={isWide}>
        {(['new-run', 'run', 'review', 'runs', 'settings'] as const).map(item)}
      </NavGroup>
      {isWide && recent.length > 0 && (
        <NavGroup title={strings.shell.recent} isWide>
          {recent.map((run) => (
            <NavItem
              key={run.id}
              label={run.title}
              sign={<RunStatusText run={run} isBare />}
              isWide
              isCurrent={false}
              count={run.id === runId ? '•' : undefined}
              onClick={() => show('run', run.id)}
            />
          ))}
        </NavGroup>
      )}
      <div
        className={classNames('mt-auto flex w-full gap-1', isWide ? 'items-end' : 'flex-col items-center')}
      >
        <div className="min-w-0 flex-1">
          <Engine isWide={isWide} />
        </div>
        <IconButton
          icon={Keyboard}
          label={strings.shortcuts.title}
          keys="?"
          onClick={() => setOverlay('shortcuts')}
        />
      </div>
    </>
  )
}
