import type { calls } from '../../../shared/contract.ts'
import type { ShownConfig } from '../../../shared/reports.ts'
import type { Services } from '../../../shared/rpc.ts'
import { changeSetting, restoreConfig } from '../config/change-config.ts'
import { userConfigFile } from '../config/config-places.ts'
import { configVersions } from '../config/config-versions.ts'
import { loadConfig, type ConfigSource } from '../config/load-config.ts'

type SettingsCalls = Services<typeof calls>['settings']

/** Shows the settings that are in force, and changes the person's own file. A running app takes changes up when it starts again. */
export class SettingsService implements SettingsCalls {
  readonly #source: ConfigSource
  readonly #file: string

  constructor(source: ConfigSource) {
    this.#source = source
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
    return this.get({})
  }

  async restore({ version }: { version: string }): Promise<ShownConfig> {
    await restoreConfig(this.#file, version)
    return this.get({})
  }
}
