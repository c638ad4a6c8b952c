import './zod-config.ts'
import './theme.css'

// Only what is imported later is sure to come after the line above: a bundler puts shared modules, and with them the
// first schemas, before the body of this one.
void import('./draw-window.tsx').then(({ drawWindow }) => drawWindow())
