import { dirname } from 'node:path/posix'

/** Makes the measure of how many steps up and down lead from a folder to the nearest of some; `.` is the root. */
export function measureDistance(folders: Iterable<string>): (folder: string) => number {
  const below = new Map<string, number>()
  for (const folder of folders)
    for (const [steps, above] of wayUp(folder).entries())
      below.set(above, Math.min(steps, below.get(above) ?? Infinity))
  const known = new Map<string, number>()
  return (folder) => {
    const distance =
      known.get(folder) ??
      Math.min(...wayUp(folder).map((above, steps) => steps + (below.get(above) ?? Infinity)))
    known.set(folder, distance)
    return distance
  }
}

function wayUp(folder: string): string[] {
  const way = [folder]
  for (let at = folder; at !== '.'; way.push(at)) at = dirname(at)
  return way
}
