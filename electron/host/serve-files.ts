import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { AppError } from '../../shared/errors.ts'

/** A file of the page, whole. */
export type ServedFile = { readonly body: Buffer; readonly type: string; readonly cache: string }

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
}

/**
 * Reads the files of the built page by the addresses that they are asked for. Nothing else is ever served, so no request
 * can name a path; and a build meanwhile takes no file from a page that is open. Throws `unavailable` where nothing is built.
 */
export function readServedFiles(folder: string): ReadonlyMap<string, ServedFile> {
  const files = new Map<string, ServedFile>()
  for (const name of namesIn(folder)) {
    const type = types[extname(name)]
    if (!type) continue
    // The build names what lies in `assets` after its content.
    const isNamedByContent = name.startsWith('assets/')
    const cache = isNamedByContent ? 'public, max-age=31536000, immutable' : 'no-cache'
    const address = name === 'index.html' ? '/' : `/${name}`
    files.set(address, { body: readFileSync(join(folder, name)), type, cache })
  }
  if (!files.has('/'))
    throw new AppError('unavailable', `The window is not built: ${folder} has no index.html.`, {
      hint: 'In a clone `npm run build` builds it.',
    })
  return files
}

/** The names of the files below a folder, with forward slashes; symbolic links are left out. */
function namesIn(folder: string, below = ''): string[] {
  return readEntries(join(folder, below)).flatMap((entry) => {
    const name = `${below}${entry.name}`
    if (entry.isDirectory()) return namesIn(folder, `${name}/`)
    return entry.isFile() ? [name] : []
  })
}

function readEntries(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    // What is not there is told of as not built.
    return []
  }
}
