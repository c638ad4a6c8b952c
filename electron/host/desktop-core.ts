import { createApp } from '../core/app.ts'
import { loadConfig } from '../core/config/load-config.ts'
import { createDesktopHost } from './desktop.ts'

/** The core as the desktop runs it. */
export type DesktopCore = ReturnType<typeof createApp>

/** Opens the core with the person's own settings, and a host that passes on what the page says; throws AppError for settings or a data folder that cannot be used. */
export function openDesktopCore(tellUnsaved: (isUnsaved: boolean) => void): DesktopCore {
  const { settings } = loadConfig({})
  return createApp(settings, { source: {}, host: (core) => createDesktopHost(core, tellUnsaved) })
}
