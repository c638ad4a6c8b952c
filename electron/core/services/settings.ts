import type { calls } from '../../../shared/contract.ts'
import type { ShownConfig } from '../../../shared/reports.ts'
import type { Services } from '../../../shared/rpc.ts'
import { changeSetting, restoreConfig } from '../config/change-config.ts'
import { userConfigFile } from '../config/config-places.ts'
import { configVersions } from '../config/config-versions.ts'
import { loadConfig, type ConfigSource } from '../config/load-config.ts'

type SettingsCalls = Services<typeof calls>['settings']

/** Shows the settings that are in force, and changes the person's own file. */
export class SettingsService implements SettingsCalls {
  readonly #source: ConfigSource
  readonly #file: string
  readonly #takeUp: () => Promise<unknown>

  /** `takeUp` is called when the file has changed. */
  constructor(source: ConfigSource, takeUp: () => Promise<unknown>) {
    this.#source = source
    this.#takeUp = takeUp
    this.#file = source.file ?? userConfigFile(source.env)
  }

  async get({ workspace }: { workspace?: string | undefined }): Promise<ShownConfig> {
    const { values, warnings } = loadConfig({
      ...this.#source,
      ...(workspace === undefined ? {} : { workspace }),
    })
    const versions = await configVersions(this.#file)
    return { file: this.#file, values: [...values], warnings: [...warnings], versions: [...versions] }
  }

  async set({ key, value }: { key: string; value?: unknown }): Promise<ShownConfig> {
    await changeSetting(this.#file, key, value)
    return this.#changed()
  }

  async restore({ version }: { version: string }): Promise<ShownConfig> {
    await restoreConfig(this.#file, version)
    return this.#changed()
  }

  async #changed(): Promise<ShownConfig> {
    const shown = await this.get({})
    await this.#takeUp()
    return shown
  }
}
