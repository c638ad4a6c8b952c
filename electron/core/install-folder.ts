import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The folder that Paddock is installed in: where its package.json and its resources are, from source and from a bundle. */
export const installFolder: string = findAbove(import.meta.dirname)

function findAbove(folder: string): string {
  if (existsSync(join(folder, 'resources', 'workflows')) || folder === dirname(folder)) return folder
  return findAbove(dirname(folder))
}
