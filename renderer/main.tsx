import './zod-config.ts'
import './theme.css'
import { drawTheme, keptTheme } from './stores/theme.ts'

// Before anything is painted: the page waits for this file, and for no other.
drawTheme(keptTheme())

// Only what is imported later is sure to come after the line above: a bundler puts shared modules, and with them the
// first schemas, before the body of this one.
void import('./draw-window.tsx').then(({ drawWindow }) => drawWindow())
