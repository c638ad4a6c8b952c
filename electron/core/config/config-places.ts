import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'

/** The variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>

/** The person's own configuration file, whether it is there or not. Its `.env` and its versions lie beside it. */
export const userConfigFile = (env: Environment = process.env, platform = process.platform): string =>
  join(configFolder(env, platform), 'config.yaml')

/** The configuration that a workspace brings along. */
export const workspaceConfigFile = (workspace: string): string => join(workspace, '.paddock', 'config.yaml')

/** Where the system keeps a person's configuration, or `PADDOCK_CONFIG_DIR`. */
export function configFolder(env: Environment = process.env, platform = process.platform): string {
  if (env['PADDOCK_CONFIG_DIR']) return env['PADDOCK_CONFIG_DIR']
  const home = homedir()
  if (platform === 'win32') return join(env['APPDATA'] || join(home, 'AppData', 'Roaming'), 'Paddock')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Paddock')
  const shared = env['XDG_CONFIG_HOME'] ?? ''
  return join(isAbsolute(shared) ? shared : join(home, '.config'), 'paddock')
}
