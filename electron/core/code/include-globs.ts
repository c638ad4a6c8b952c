import { posix } from 'node:path'
import { AppError } from '../../../shared/errors.ts'

/** Which files a person asked for; without any glob that is every file. */
export interface IncludeGlobs {
  takes(path: string): boolean
  /** Whether a folder can hold a file that is taken. */
  reaches(folder: string): boolean
  /** Whether what lies at or below `ignored` is asked for by name, so that .gitignore does not count for `path`. */
  overrules(ignored: string, path: string): boolean
  /** Whether a file is named in full. */
  names(path: string): boolean
  /** The globs that took none of these. */
  idle(paths: readonly string[]): string[]
}

interface Glob {
  readonly given: string
  readonly glob: string
  /** Its folders, or all of it, before the first part with a wildcard. */
  readonly base: string
}

/** Understands globs; throws AppError `invalid` for one that would take too long on some path. */
export function createIncludeGlobs(given: readonly string[]): IncludeGlobs {
  const globs = given.map(parseGlob)
  const isOpen = globs.length === 0
  return {
    takes: (path) => isOpen || globs.some((glob) => isTaken(glob, path)),
    reaches: (folder) =>
      isOpen || globs.some(({ base }) => isAtOrBelow(base, folder) || isAtOrBelow(folder, base)),
    overrules: (ignored, path) =>
      globs.some(
        ({ base }) =>
          base !== '' && isAtOrBelow(base, ignored) && (isAtOrBelow(base, path) || isAtOrBelow(path, base)),
      ),
    names: (path) => globs.some(({ glob }) => glob === path),
    idle: (paths) =>
      globs.filter((glob) => !paths.some((path) => isTaken(glob, path))).map(({ given }) => given),
  }
}

function parseGlob(given: string): Glob {
  const glob = posix.normalize(given.trim()).replace(/\/$/, '')
  refuseCostly(given, glob)
  const parts = glob.split('/')
  const wild = parts.findIndex((part) => /[*?[\]{}]/.test(part))
  const fixed = wild === -1 ? parts : parts.slice(0, wild)
  return { given, glob, base: glob === '.' ? '' : fixed.join('/') }
}

/** A glob as it is, a file's own name, or a folder: all below it. */
const isTaken = ({ glob, base }: Glob, path: string) =>
  base === glob || glob === '.' ? isAtOrBelow(path, base) : posix.matchesGlob(path, glob) || path === glob

const isAtOrBelow = (path: string, folder: string) =>
  folder === '' || path === folder || path.startsWith(`${folder}/`)

const mostStars = 3
const mostGlobstars = 4
const mostChoices = 50

// The matcher tries every way to share a name out among the stars.
function refuseCostly(given: string, glob: string): void {
  const refuse = (what: string, hint: string) => {
    throw new AppError('invalid', `The pattern "${given}" ${what}.`, { hint })
  }
  const parts = glob.split('/')
  const stars = Math.max(...parts.map((part) => part.match(/\*+/g)?.length ?? 0))
  const globstars = parts.filter((part) => part.includes('**')).length
  if (stars > mostStars || globstars > mostGlobstars)
    refuse(
      'has too many stars',
      `Use at most ${mostStars} stars in one name, and "**" at most ${mostGlobstars} times.`,
    )
  const braces = glob.match(/\{/g)?.length ?? 0
  if (braces > 2 || (glob.match(/,/g)?.length ?? 0) > mostChoices || /\{[^}]*\.\./.test(glob))
    refuse('has too many choices in braces', 'Give several patterns instead.')
  if (/[?*+@!]\(/.test(glob))
    refuse('uses choices in parentheses, which are not understood', 'Write them as {one,other}.')
}
