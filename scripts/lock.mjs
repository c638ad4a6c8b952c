import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { say } from './run.mjs'

/** Does some work while no other process does work under the same lock file; waits for its turn. */
export async function withLock(path, work) {
  mkdirSync(dirname(path), { recursive: true })
  let isAnnounced = false
  while (!tryLock(path)) {
    if (!isHeld(path)) {
      rmSync(path, { force: true })
      continue
    }
    if (!isAnnounced) say(`waiting for another set-up to end (${path})`)
    isAnnounced = true
    await delay(100)
  }
  try {
    return await work()
  } finally {
    rmSync(path, { force: true })
  }
}

function tryLock(path) {
  try {
    const file = openSync(path, 'wx')
    writeSync(file, String(process.pid))
    closeSync(file)
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    return false
  }
}

/** Whether the process that made the lock file may be alive: one that was killed leaves its file behind. */
function isHeld(path) {
  try {
    // Empty for the moment between making the file and writing to it.
    const owner = Number(readFileSync(path, 'utf8'))
    if (owner > 0) process.kill(owner, 0)
    return true
  } catch (error) {
    return error.code !== 'ESRCH'
  }
}
