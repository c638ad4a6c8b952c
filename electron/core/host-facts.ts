import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { HostInfo } from '../../shared/host.ts'
import { installFolder } from './install-folder.ts'

type Facts = Omit<HostInfo, 'kind' | 'can'>

/** What every host says of the machine and of this program. */
export function hostFacts(): Facts {
  const home = homedir()
  return {
    platform: process.platform,
    version: version(),
    home,
    rehearsal_workspace: join(home, 'paddock-rehearsal'),
  }
}

/** The version of this Paddock. */
export function version(): string {
  const manifest = readFileSync(join(installFolder, 'package.json'), 'utf8')
  return (JSON.parse(manifest) as { version: string }).version
}
