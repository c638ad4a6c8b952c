import { useState } from 'react'
import { standingOf } from '../../../shared/standing.ts'
import { Palette } from '../../components/palette.tsx'
import type { Entry } from '../../components/find-entries.ts'
import { ShortcutsSheet } from '../../components/shortcuts-sheet.tsx'
import { offered, useCommands } from '../../stores/commands.ts'
import { usePaletteFiles } from '../../stores/palette-files.ts'
import { useRuns } from '../../stores/runs.ts'
import { placeOf, screens, setOverlay, show, useView } from '../../stores/view.ts'
import { strings } from '../../strings.ts'
import { screenIcons } from './navigation.tsx'

/** What lies over the screen when it is asked for: palette and sheet of shortcuts. */
export function Overlays() {
  const overlay = useView((view) => view.overlay)
  const close = () => setOverlay(null)
  return (
    <>
      {overlay === 'palette' && <FullPalette onClose={close} />}
      {overlay === 'shortcuts' && <FullSheet onClose={close} />}
    </>
  )
}

function FullPalette({ onClose }: { readonly onClose: () => void }) {
  const [before] = useState(() => placeOf(useView.getState()))
  const byOwner = useCommands()
  const runs = useRuns((state) => state.list.value) ?? []
  const files = usePaletteFiles((state) => state.files)
  const { groups } = strings.palette
  const entries: Entry[] = [
    ...offered(byOwner).flatMap(
      ({ id, title, group, keys, isKeyOnly, isHidden, isDisabled, run }): Entry[] =>
        isKeyOnly || isHidden || isDisabled
          ? []
          : [{ id, kind: 'command', group, title, ...(keys?.[0] ? { keys: keys[0] } : {}), run }],
    ),
    ...screens.map((screen, index): Entry => ({
      id: `go ${screen}`,
      kind: 'command',
      group: groups.screens,
      title: strings.screens[screen],
      icon: screenIcons[screen],
      keys: `mod+${index + 1}`,
      run: () => show(screen),
    })),
    ...files.map(({ path, detail, open }): Entry => ({
      id: `file ${path}`,
      kind: 'file',
      group: groups.files,
      title: path,
      detail,
      icon: screenIcons.review,
      run: open,
    })),
    ...runs.map(({ id, title, workflow, ...run }): Entry => ({
      id,
      kind: 'run',
      group: groups.runs,
      title,
      detail: `${strings.status[standingOf(run)]}, ${workflow}, ${id}`,
      icon: screenIcons.runs,
      run: () => show('run', id),
    })),
  ]
  const hasMoved = () => placeOf(useView.getState()) !== before
  return <Palette entries={entries} isOpen onClose={onClose} hasMoved={hasMoved} />
}

function FullSheet({ onClose }: { readonly onClose: () => void }) {
  const byOwner = useCommands()
  const shortcuts = [
    ...offered(byOwner).flatMap(({ keys = [], isHidden, ...rest }) =>
      keys.length > 0 && !isHidden ? [{ ...rest, keys }] : [],
    ),
    ...screens.map((screen, index) => ({
      id: `go ${screen}`,
      title: strings.screens[screen],
      group: strings.palette.groups.screens,
      keys: [`mod+${index + 1}`],
    })),
  ]
  return <ShortcutsSheet shortcuts={shortcuts} isOpen onClose={onClose} />
}
