import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { App } from 'electron'
import { version } from '../core/host-facts.ts'

type Named = Pick<App, 'setName' | 'setAppUserModelId' | 'setAboutPanelOptions' | 'getPath' | 'setPath'>

/** Tells the system who the app is, and where Chromium keeps what it keeps; all of it before the app is ready. */
export function identify(app: Named): void {
  app.setName('Paddock')
  // Windows shows notifications of programs that it knows by name; the installer uses the same one.
  app.setAppUserModelId('org.paddock.app')
  app.setAboutPanelOptions({ applicationName: 'Paddock', applicationVersion: version() })
  // A folder of its own, so that what Chromium keeps does not lie among runs.
  const profile = join(process.env['PADDOCK_DATA_DIR'] ?? app.getPath('userData'), 'window')
  try {
    mkdirSync(profile, { recursive: true })
    app.setPath('userData', profile)
  } catch {
    // Then the system's own place serves; why the folder cannot be used is said when the core is opened.
  }
}
