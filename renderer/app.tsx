import { CSPProvider } from '@base-ui/react/csp-provider'
import { Tooltip } from '@base-ui/react/tooltip'
import { lazy, Suspense, useEffect, type ComponentType } from 'react'
import { BusyLines } from './components/busy-lines.tsx'
import { DropVeil } from './components/drop-veil.tsx'
import { ErrorBoundary } from './components/error-boundary.tsx'
import { LiveRegion } from './components/live-region.tsx'
import { Notice } from './components/notice.tsx'
import { PlatformProvider } from './components/platform.ts'
import { Shell } from './components/shell.tsx'
import { Toaster } from './components/toaster.tsx'
import { useMedia } from './components/use-media.ts'
import { onKey } from './stores/commands.ts'
import { addFiles } from './stores/documents.ts'
import { openMenu, tellTheme, useHost } from './stores/host.ts'
import { placeOf, setOverlay, show, themeInForce, useView, type Screen } from './stores/view.ts'
import { strings } from './strings.ts'
import { newRunStrings } from './strings-new-run.ts'
import { NewRunView } from './views/new-run.tsx'
import { RunsView } from './views/runs.tsx'
import { SettingsView } from './views/settings.tsx'
import { useFocusOnScreen } from './views/shell/focus-screen.ts'
import { Navigation } from './views/shell/navigation.tsx'
import { Overlays } from './views/shell/overlays.tsx'
import { TitleStatus } from './views/shell/title-status.tsx'
import { useWindowCommands } from './views/shell/window-commands.ts'

const views: Readonly<Record<Screen, ComponentType>> = {
  'new-run': NewRunView,
  run: lazy(async () => ({ default: (await import('./views/run/run-view.tsx')).RunView })),
  review: lazy(async () => ({ default: (await import('./views/review/review-view.tsx')).ReviewView })),
  runs: RunsView,
  settings: SettingsView,
}

function takeFiles(files: readonly File[]): void {
  show('new-run')
  addFiles(files)
}

/** The window. */
export function App() {
  const screen = useView((view) => view.screen)
  const theme = useView((view) => view.theme)
  const sidebar = useView((view) => view.sidebar)
  const platform = useHost((host) => host.info?.platform ?? '')
  const connection = useHost((host) => host.connection)
  const isDesktop = useHost((host) => host.info?.kind === 'desktop')
  const hasMenu = useHost((host) => host.info?.can.menu ?? false)
  const isMiddle = useMedia('(min-width: 1100px)')
  const isLarge = useMedia('(min-width: 1440px)')
  const isDense = screen === 'run' || screen === 'review'
  const sidebarName = isMiddle ? screen : `${screen} narrow`
  const isWide = sidebar[sidebarName] ?? (isMiddle && (isLarge || !isDense))
  const View = views[screen]

  useEffect(() => {
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  useEffect(() => {
    if (isDesktop) tellTheme(theme)
  }, [isDesktop, theme])
  useWindowCommands(sidebarName, isWide)
  useFocusOnScreen(useView(placeOf))

  const alarm = connection !== 'open' && (
    <div className="flex-none p-2 pb-0">
      <Notice
        kind={connection === 'lost' ? 'waiting' : 'error'}
        message={connection === 'lost' ? strings.shell.lost : strings.shell.refused}
        hint={connection === 'lost' ? strings.shell.lostHint : strings.shell.refusedHint}
      />
    </div>
  )
  return (
    <CSPProvider disableStyleElements>
      <PlatformProvider value={platform}>
        <Tooltip.Provider delay={400}>
          <Shell
            screen={strings.screens[screen]}
            isWide={isWide}
            nav={<Navigation isWide={isWide} />}
            status={<TitleStatus />}
            alarm={alarm}
            {...(hasMenu ? { onMenu: openMenu } : {})}
            onSearch={() => setOverlay('palette')}
          >
            <ErrorBoundary key={screen}>
              <Suspense fallback={<BusyLines label={strings.shell.opening} />}>
                <View />
              </Suspense>
            </ErrorBoundary>
          </Shell>
          <LiveRegion text={connection === 'lost' ? strings.shell.lost : ''} isUrgent />
          <DropVeil label={newRunStrings.dropAnywhere} onFiles={takeFiles} />
          <Overlays />
          <Toaster key={theme} theme={themeInForce()} />
        </Tooltip.Provider>
      </PlatformProvider>
    </CSPProvider>
  )
}
