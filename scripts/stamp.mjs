import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const isTest = (name) => /\.(test|fixture)\.tsx?$/.test(name)

/**
 * One hash over the names and contents of files, and of all files below folders but tests: times of files mean nothing
 * after a checkout. What is not there counts as not there.
 */
export function stampOf(folder, sources) {
  const hash = createHash('sha256')
  const add = (path) => {
    const content = read(join(folder, path))
    if (content) return hash.update(`${path}\0${content.length}\0`).update(content)
    for (const name of list(join(folder, path)).sort()) if (!isTest(name)) add(join(path, name))
  }
  for (const source of sources) add(source)
  return hash.digest('hex').slice(0, 16)
}

/** A file's bytes; null for a folder and for what is not there. */
function read(path) {
  try {
    return readFileSync(path)
  } catch (error) {
    if (error.code === 'EISDIR' || error.code === 'ENOENT') return null
    throw error
  }
}

function list(path) {
  try {
    return readdirSync(path)
  } catch (error) {
    if (error.code === 'ENOENT') return []
    throw error
  }
}
