import { DatabaseSync } from 'node:sqlite'
import { createOpenAiFloor, runPromises } from './floors.ts'
import { interleave, milliseconds, ratio, type Measure } from './measure.ts'
import { Paddock } from './paddock.ts'
import { withScratch } from './scratch.ts'
import { withServer } from './scripted-server.ts'

const turns = 15
const warmUps = 20
const delayMs = 5

/** The whole graph on a disk whose every commit takes five milliseconds more. */
export async function measureSlowCommit(): Promise<Measure[]> {
  return withServer(({ base }) =>
    withScratch(async (folder) => {
      const paddock = new Paddock(base, folder)
      const openai = createOpenAiFloor(base)
      const slowly = slowCommits()
      const wall = async (work: () => Promise<unknown>) => {
        const start = performance.now()
        await work()
        return performance.now() - start
      }
      let commits = 0
      const spent = await interleave(
        {
          openai: () => wall(() => runPromises(openai)),
          paddock: () => wall(() => paddock.run()),
          slow: async () => {
            slowly.begin()
            const time = await wall(() => paddock.run())
            commits = slowly.end()
            return time
          },
        },
        turns,
        warmUps,
      )
      slowly.restore()
      paddock.close()
      return [
        {
          measure: `whole graph with ${delayMs} ms added to each of its ${commits} commits`,
          paddock: `${milliseconds(spent.slow)} (${milliseconds(spent.paddock)} without)`,
          openai: milliseconds(spent.openai),
          ratio: ratio(spent.slow, spent.openai),
          aim: '',
        },
      ]
    }),
  )
}

/** Makes each commit of this process block for longer, as the sync of a slow disk would, between `begin` and `end`. */
function slowCommits() {
  const { exec } = DatabaseSync.prototype
  let commits = 0
  let isSlow = false
  DatabaseSync.prototype.exec = function (sql) {
    exec.call(this, sql)
    if (!isSlow || sql !== 'COMMIT') return
    commits++
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, delayMs)
  }
  return {
    begin: () => void ((commits = 0), (isSlow = true)),
    end: () => ((isSlow = false), commits),
    restore: () => void (DatabaseSync.prototype.exec = exec),
  }
}
