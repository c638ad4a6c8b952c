import { isPlausiblePath } from './plausible-path.ts'

/** A file as JSON states it. */
export type JsonFile = { readonly path: string; readonly content: string }

// As they are without case and underscores, the surer ones first.
const pathKeys = 'path filepath filename relativepath targetfile file name'.split(' ')
const contentKeys =
  'content contents filecontent filecontents code filetext text source sourcecode body'.split(' ')
const listKeys = ['files', 'file', 'code_files', 'artifacts', 'changes', 'output', 'result', 'project']
const deepest = 3

/** Reads files from JSON: a list of path and content, or an object of paths with contents; null where it is neither. */
export function readJsonFiles(text: string): JsonFile[] | null {
  if (!/^\s*[{[]/.test(text)) return null
  try {
    return readValue(JSON.parse(text) as unknown, 0)
  } catch {
    return null
  }
}

function readValue(value: unknown, depth: number): JsonFile[] | null {
  if (depth > deepest || typeof value !== 'object' || value === null) return null
  if (Array.isArray(value)) {
    const files = value.map((entry: unknown) => readEntry(entry))
    return files.length > 0 && files.every((file) => file !== null) ? files : null
  }
  const object = value as Readonly<Record<string, unknown>>
  const entry = readEntry(object)
  if (entry) return [entry]
  for (const key of listKeys) {
    const files = Object.hasOwn(object, key) ? readValue(object[key], depth + 1) : null
    if (files) return files
  }
  return readMap(object)
}

function readEntry(entry: unknown): JsonFile | null {
  if (typeof entry !== 'object' || entry === null) return null
  const object = entry as Readonly<Record<string, unknown>>
  // A call of a tool: `{"name": "write_file", "arguments": {"path": ..., "content": ...}}`.
  for (const inner of [object['arguments'], object['args'], object['parameters'], object['input']]) {
    const found = typeof inner === 'object' && inner !== null ? readEntry(inner) : null
    if (found) return found
  }
  const path = textAt(object, pathKeys)
  const content = textAt(object, contentKeys)
  if (path === null || content === null) return null
  return { path, content }
}

/** An object of paths: its values are contents only where they look like some, not like what the files are for. */
function readMap(object: Readonly<Record<string, unknown>>): JsonFile[] | null {
  const entries = Object.entries(object)
  const isMap =
    entries.length > 0 &&
    entries.every(([key, value]) => typeof value === 'string' && isPlausiblePath(key, null, true).ok)
  if (!isMap) return null
  const files = entries.map(([path, content]) => ({ path, content: content as string }))
  const whole = files.filter(({ content }) => content === '' || content.includes('\n'))
  return whole.length * 2 > files.length || whole.length === files.length ? files : null
}

function textAt(object: Readonly<Record<string, unknown>>, keys: readonly string[]): string | null {
  const plain = new Map(
    Object.entries(object).map(([key, value]) => [key.toLowerCase().replaceAll(/[_-]/g, ''), value]),
  )
  const key = keys.find((one) => typeof plain.get(one) === 'string')
  return key === undefined ? null : (plain.get(key) as string)
}
