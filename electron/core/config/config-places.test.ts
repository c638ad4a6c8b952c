import { homedir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { userConfigFile, workspaceConfigFile } from './config-places.ts'

const home = homedir()

test.each<[env: Record<string, string>, platform: NodeJS.Platform, folder: string]>([
  [{}, 'linux', join(home, '.config/paddock')],
  [{ XDG_CONFIG_HOME: '/x' }, 'linux', '/x/paddock'],
  [{ XDG_CONFIG_HOME: 'not/absolute' }, 'linux', join(home, '.config/paddock')],
  [{ XDG_CONFIG_HOME: '' }, 'linux', join(home, '.config/paddock')],
  [{ APPDATA: '/appdata' }, 'win32', '/appdata/Paddock'],
  [{}, 'win32', join(home, 'AppData/Roaming/Paddock')],
  [{ XDG_CONFIG_HOME: '/x' }, 'darwin', join(home, 'Library/Application Support/Paddock')],
  [{ PADDOCK_CONFIG_DIR: '/own', XDG_CONFIG_HOME: '/x' }, 'linux', '/own'],
  [{ PADDOCK_CONFIG_DIR: '/own', APPDATA: '/appdata' }, 'win32', '/own'],
])('with %j on %s the file is in %s (S81)', (env, platform, folder) => {
  expect(userConfigFile(env, platform)).toBe(join(folder, 'config.yaml'))
})

test("a workspace's file", () => {
  expect(workspaceConfigFile('/w')).toBe(join('/w', '.paddock/config.yaml'))
})
