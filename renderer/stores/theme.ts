import type { Theme } from '../../shared/host.ts'
import { recall } from './keep.ts'

/** Whether the system prefers light, now and when that changes. */
export const systemIsLight = matchMedia('(prefers-color-scheme: light)')

/** The theme that a person chose last. */
export const keptTheme = (): Theme => recall<Theme>('theme') ?? 'system'

/** The theme that a choice comes to. */
export const resolveTheme = (theme: Theme): 'dark' | 'light' =>
  theme === 'system' ? (systemIsLight.matches ? 'light' : 'dark') : theme

/** Draws the page in the theme that a choice comes to. */
export const drawTheme = (theme: Theme): void => {
  document.documentElement.dataset['theme'] = resolveTheme(theme)
}
