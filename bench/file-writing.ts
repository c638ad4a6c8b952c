import { openWorkspace } from '../electron/core/files/workspace.ts'
import { median, milliseconds, type Measure } from './measure.ts'
import { withScratch } from './scratch.ts'

const files = 50

/** How long a file takes to be written, contained, whole and synced (S98). */
export async function measureFileWriting(): Promise<Measure[]> {
  const times = await withScratch(async (folder) => {
    const workspace = await openWorkspace(folder)
    const bytes = Buffer.from('def greet():\n    return "hello"\n'.repeat(150))
    const spent: number[] = []
    for (let index = 0; index < files; index++) {
      const start = performance.now()
      await workspace.write(`package/module_${index}.py`, bytes)
      spent.push(performance.now() - start)
    }
    return spent
  })
  const all = times.reduce((sum, time) => sum + time, 0)
  return [
    {
      measure: 'a file of 5 KB written and synced (median of 50)',
      paddock: milliseconds(median(times)),
      aim: '(S98: 100 ms)',
    },
    { measure: '50 files written and synced', paddock: milliseconds(all), aim: '40 ms a file at most' },
  ]
}
