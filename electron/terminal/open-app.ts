import type { Settings } from '../../shared/settings.ts'
import type { Transport } from '../../shared/rpc.ts'
import { createApp, type App, type AppOptions } from '../core/app.ts'
import { loadConfig, type ConfigSource } from '../core/config/load-config.ts'
import { whileStoppable } from './interrupts.ts'
import { exitCodes } from './lead-run.ts'

/** The options that every command has. */
export type GlobalOptions = { config?: string; dotenv?: string }

/** Opens the app, does some work with it, and makes the exit code of what it returns. */
export type Lead = (work: Work) => Promise<void>

/** What a command does with the app; its number is the exit code. */
export type Work = (app: App, settings: Settings, transport: Transport) => Promise<number>

/** Where the settings of this process come from. */
export const sourceOf = ({ config, dotenv }: GlobalOptions): ConfigSource => ({
  ...(config === undefined ? {} : { file: config }),
  ...(dotenv === undefined ? {} : { envFile: dotenv }),
})

/** Opens the app with the settings that the options name; whatever happens it is stopped. */
export async function openApp(options: GlobalOptions, work: Work, host?: AppOptions['host']): Promise<void> {
  const source = sourceOf(options)
  const { settings } = loadConfig(source)
  const { app, transport, stop } = createApp(settings, { source, ...(host ? { host } : {}) })
  const leave = () => stop().finally(() => process.exit(exitCodes.cancelled))
  await whileStoppable({ words: 'Stopping.', stop: leave }, async () => {
    try {
      process.exitCode = await work(app, settings, transport)
    } finally {
      await stop()
    }
  })
}
