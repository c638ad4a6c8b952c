// `npm start`: sets up what is missing, builds the window and opens it: as a desktop app where this machine can, else in
// a browser. What stands after `npm start --` goes to `paddock serve`, and asks for the browser.

import { ensureBuilt } from './build.mjs'
import { ensureDependencies, root } from './dependencies.mjs'
import { ensureElectron, whyNoDesktop } from './electron.mjs'
import { runCli } from './run-cli.mjs'
import { runChild, runMain, say } from './run.mjs'

/** A window that ends sooner than this, and not well, did not open, in milliseconds. */
const shortest = 10_000
/** Exit codes of a window that was closed, or ended by a signal that a person sends (HUP, INT, TERM). */
const wellEnded = [0, 129, 130, 143]

await runMain(async () => {
  const args = process.argv.slice(2)
  await ensureDependencies()
  const { code, reason } = args.length > 0 ? {} : await openDesktop()
  if (code !== undefined) return code
  await ensureBuilt(['renderer'])
  if (reason) say(`the window is for a browser, because ${reason}`)
  return runCli(['serve', ...args])
})

/** Opens the desktop window until it is closed: its exit code, or the reason why it could not be opened. */
async function openDesktop() {
  const against = whyNoDesktop()
  if (against) return { reason: against }
  const electron = await ensureElectron()
  if (electron.reason) return electron
  await ensureBuilt()
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
  const started = Date.now()
  const code = await runChild(electron.program, [root], { env })
  const isOpened = wellEnded.includes(code) || Date.now() - started > shortest
  return isOpened ? { code } : { reason: `Electron ended at once (exit code ${code})` }
}
