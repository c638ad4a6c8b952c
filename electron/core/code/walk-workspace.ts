import type { LeftOut } from '../../../shared/code.ts'
import { counted } from '../../../shared/counted.ts'
import { GitRules } from './git-rules.ts'
import type { IncludeGlobs } from './include-globs.ts'
import { inSlices, inTurns } from './in-turns.ts'
import { judgeEntry, pathIn, type Folder } from './judge-entry.ts'
import { limits } from './limits.ts'
import { listFolder, type Entry, type Listing } from './list-folder.ts'
import { readRegular, Unread } from './read-regular.ts'
import { folderMarks } from './unread-names.ts'

/** A file that may be read, and its size when it was found. */
export type FoundFile = { readonly path: string; readonly bytes: number }

/** What lies in a workspace; the upper folders come first. */
export type Walk = {
  readonly files: readonly FoundFile[]
  /** Bounds that were met. */
  readonly notes: readonly LeftOut[]
  /** What a person would miss: secrets, links, odd names, large files. */
  readonly refused: readonly LeftOut[]
  /** What nobody misses: ignored by Git, installed, built. */
  readonly ordinary: readonly LeftOut[]
}
type Found = { [K in keyof Walk]: Walk[K][number][] }

// Most workspaces have none, and not every one has a `.git` folder.
const excludeFile = '.git/info/exclude'
const foldersAtOnce = 8

/**
 * Finds the files of a workspace that may be read, without following a link and without opening one of them but
 * .gitignore files; `root` is canonical. Stays within `limits`, and says so where it met one.
 */
export async function walkWorkspace(root: string, include: IncludeGlobs, signal: AbortSignal): Promise<Walk> {
  const found: Found = { files: [], notes: [], refused: [], ordinary: [] }
  const exclude = await addRules(root, excludeFile, '', GitRules.none, found)
  let left: number = limits.entries
  let isCut = false
  let level: Folder[] = [{ path: '', rules: exclude, ignored: null }]
  for (let depth = 0; level.length > 0 && !isCut; depth++) {
    const next: Folder[] = []
    for (let first = 0; first < level.length && !isCut; first += foldersAtOnce) {
      const folders = level.slice(first, first + foldersAtOnce)
      const most = left
      const listings = await inTurns(
        folders,
        foldersAtOnce,
        ({ path }) => listFolder(root, path, most, signal),
        signal,
      )
      for (const [index, folder] of folders.entries()) {
        const listing = boundListing(listings[index]!, left)
        if (typeof listing === 'string') {
          found.refused.push({ path: folder.path || '.', reason: listing })
          continue
        }
        left -= listing.entries.length
        isCut ||= listing.isCut
        next.push(...(await lookThrough(root, folder, listing, include, found, signal)))
      }
    }
    level = depth < limits.depth ? next : []
    if (depth === limits.depth)
      for (const { path } of next)
        found.refused.push({ path, reason: `lies more than ${limits.depth} folders deep` })
  }
  if (isCut) found.notes.push({ path: '.', reason: tooMany() })
  return found
}

const tooMany = () =>
  `has more files and folders than the ${limits.entries.toLocaleString('en-US')} that are looked at; name those that matter with --include`

const boundListing = (listing: Listing | string, most: number): Listing | string =>
  typeof listing === 'string' || listing.entries.length <= most
    ? listing
    : { entries: listing.entries.slice(0, most), isCut: true }

/** Sorts a folder's entries into what was found, and gives the folders to look into. */
async function lookThrough(
  root: string,
  folder: Folder,
  { entries }: Listing,
  include: IncludeGlobs,
  found: Found,
  signal: AbortSignal,
): Promise<Folder[]> {
  if (folder.path !== '' && entries.some(({ name }) => folderMarks.has(name))) {
    found.ordinary.push({ path: folder.path, reason: 'holds what is installed or cached' })
    return []
  }
  const hasRules = entries.some(({ name }) => name === '.gitignore')
  const rules = hasRules
    ? await addRules(root, pathIn(folder, '.gitignore'), folder.path, folder.rules, found)
    : folder.rules
  const here = { ...folder, rules }
  const folders: Folder[] = []
  const sort = (entry: Entry) => {
    const path = pathIn(folder, entry.name)
    const verdict = judgeEntry(here, entry, include)
    if (verdict.is === 'file') found.files.push({ path, bytes: entry.bytes })
    else if (verdict.is === 'folder') folders.push({ path, rules, ignored: verdict.ignored })
    else if (verdict.is !== 'nothing') found[verdict.is].push({ path, reason: verdict.reason })
  }
  await inSlices(entries, sort, signal)
  return folders
}

async function addRules(
  root: string,
  file: string,
  folder: string,
  rules: GitRules,
  found: Found,
): Promise<GitRules> {
  try {
    const text = (await readRegular(root, file, limits.fileBytes)).toString('utf8')
    const added = rules.with(text, folder)
    if (added.passedOver > 0)
      found.notes.push({
        path: file,
        reason: `has ${counted(added.passedOver, 'rule')} beyond what is understood, and ${added.passedOver === 1 ? 'it was' : 'they were'} passed over`,
      })
    return added.rules
  } catch (error) {
    if (!(error instanceof Unread)) throw error
    if (file !== excludeFile)
      found.notes.push({ path: file, reason: `${error.message}, so its rules do not count` })
    return rules
  }
}
