import { mkdir, mkdtemp, realpath, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { readCode } from './read-code.ts'

/** Makes a new folder with these files; the caller removes it. */
export async function makeTree(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'paddock-code-')))
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), content)
  }
  return root
}

/** Tokens as they are estimated where a server cannot count. */
export const estimate = (text: string): number => Math.ceil(Buffer.byteLength(text) / 3)

type Options = {
  about?: string
  include?: readonly string[]
  budget?: number | null
  signal?: AbortSignal
}

/** Reads a folder's code; `paths` and `left` (path to reason) are what most tests look at. */
export async function readTree(root: string, options: Options = {}) {
  const { about = '', include = [], budget = null, signal = new AbortController().signal } = options
  const { code, blobs } = await readCode(root, { about, include, budget, estimate }, signal)
  return {
    code,
    blobs,
    paths: code.files.map(({ path }) => path),
    left: Object.fromEntries(code.left_out.map(({ path, reason }) => [path, reason])),
  }
}
