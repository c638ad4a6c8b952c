import { useOffer } from '../../stores/commands.ts'
import { openMenu, useHost } from '../../stores/host.ts'
import { screens, setOverlay, setSidebar, setTheme, show } from '../../stores/view.ts'
import { strings } from '../../strings.ts'
import { focusNextPanel } from './focus-next-panel.ts'

/** Offers what can be done on every screen. */
export function useWindowCommands(sidebarName: string, isWide: boolean): void {
  const { commands } = strings
  const hasMenu = useHost((host) => host.info?.can.menu ?? false)
  const everywhere = commands.everywhere
  useOffer('window', [
    {
      id: 'palette',
      title: commands.palette,
      group: everywhere,
      keys: ['mod+k'],
      isKeyOnly: true,
      run: () => setOverlay('palette'),
    },
    {
      id: 'new',
      title: commands.newRun,
      group: everywhere,
      keys: ['mod+n'],
      isKeyOnly: true,
      run: () => show('new-run'),
    },
    {
      id: 'shortcuts',
      title: commands.shortcuts,
      group: everywhere,
      keys: ['?'],
      run: () => setOverlay('shortcuts'),
    },
    {
      id: 'panel',
      title: commands.nextPanel,
      group: everywhere,
      keys: ['f6'],
      isKeyOnly: true,
      run: focusNextPanel,
    },
    ...(hasMenu
      ? [{ id: 'menu', title: strings.shell.menu, group: everywhere, keys: ['f10'], run: openMenu }]
      : []),
    {
      id: 'sidebar',
      title: commands.sidebar,
      group: commands.view,
      keys: ['mod+b'],
      run: () => setSidebar(sidebarName, !isWide),
    },
    { id: 'dark', title: commands.dark, group: commands.view, run: () => setTheme('dark') },
    { id: 'light', title: commands.light, group: commands.view, run: () => setTheme('light') },
    { id: 'system', title: commands.system, group: commands.view, run: () => setTheme('system') },
  ])
  // On their own: the sheet and the palette list the screens under a heading of their own.
  useOffer(
    'screens',
    screens.map((screen, index) => ({
      id: `key ${screen}`,
      title: strings.screens[screen],
      group: '',
      keys: [`mod+${index + 1}`],
      isHidden: true,
      run: () => show(screen),
    })),
  )
}
