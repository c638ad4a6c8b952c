import { join } from 'node:path'
import type { Settings } from '../../../shared/settings.ts'
import type { LogOptions } from './log.ts'

type LogSettings = Pick<Settings, 'log_level' | 'log_file' | 'log_max_megabytes' | 'log_files_kept'>

/** How the log is opened: as the settings say, in the data folder where they name no file. */
export function logOptions(settings: LogSettings, dataFolder: string): LogOptions {
  return {
    level: settings.log_level,
    file: settings.log_file ?? join(dataFolder, 'logs', 'paddock.log'),
    maxMegabytes: settings.log_max_megabytes,
    filesKept: settings.log_files_kept,
  }
}
