import { openWorkspace } from '../electron/core/files/workspace.ts'
import { median, milliseconds, type Measure } from './measure.ts'
import { withScratch } from './scratch.ts'

const count = 50
const turns = 7

/** How long files take to be written: contained, whole and synced (S98). */
export async function measureFileWriting(): Promise<Measure[]> {
  const bytes = Buffer.from('def greet():\n    return "hello"\n'.repeat(150))
  const files = Array.from({ length: count }, (_, index) => ({ path: `package/module_${index}.py`, bytes }))
  return withScratch(async (folder) => {
    const single: number[] = []
    const all: number[] = []
    for (let turn = 0; turn < turns; turn++) {
      const one = await openWorkspace(`${folder}/one-${turn}`, { create: true })
      for (const { path } of files) {
        const start = performance.now()
        await one.write(path, bytes)
        single.push(performance.now() - start)
      }
      const together = await openWorkspace(`${folder}/together-${turn}`, { create: true })
      const start = performance.now()
      await together.writeAll(files)
      all.push(performance.now() - start)
    }
    return [
      {
        measure: 'a file of 5 KB written and synced',
        paddock: milliseconds(median(single)),
        aim: '(S98: 100 ms)',
      },
      { measure: `${count} such files at once`, paddock: milliseconds(median(all)), aim: '<= 40 ms' },
    ]
  })
}
