import { squash, stemOf } from './code-kind.ts'

/** What a text about a program names: paths and modules, names in code, and words. */
export type Mentions = {
  /** As they stand there, lower case. */
  readonly paths: ReadonlySet<string>
  /** The ends of paths there: `src/app.py` for `/home/me/src/app.py`. */
  readonly tails: ReadonlySet<string>
  /** Names that can only be code: `compute_total`, `gcd(`, or in backticks; as they stand there, and squashed. */
  readonly identifiers: ReadonlySet<string>
  readonly squashed: ReadonlySet<string>
  readonly words: ReadonlySet<string>
}

/** Finds what a requirement and its documents name; linear in their length. */
export function findMentions(about: string): Mentions {
  const tokens = (about.match(/[\p{L}\p{N}_.@~+[\]\\/-]+/gu) ?? []).filter(
    (token) => token.length <= longestPath,
  )
  const paths = new Set(tokens.map(readPath).filter((path) => path !== ''))
  const names = [...about.matchAll(name)].filter(
    ({ 0: name, index }) => isSpelledAsCode(name) || about[index + name.length] === '(',
  )
  const quoted = [...about.matchAll(/`([^`\n]{1,200})`/g)].flatMap(([, code]) => code!.match(name) ?? [])
  const identifiers = new Set([...names.map(([name]) => name), ...quoted].filter((name) => name.length > 1))
  return {
    paths,
    tails: new Set([...paths].flatMap(tailsOf)),
    identifiers,
    squashed: new Set([...identifiers].map(squash)),
    words: new Set(about.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu)),
  }
}

const name = /[\p{L}_$][\p{L}\p{N}_$]*/gu
const longestPath = 1024

/** How surely a text names a file, by its path at best and by a mere word at worst, and by which words of it. */
export type Mention = { readonly how: 'path' | 'name' | 'code' | 'word'; readonly as: string }

/** How a text names a file by its path or name; null where it does not. */
export function mentionOf(path: string, mentions: Mentions): Mention | null {
  const folded = path.toLowerCase()
  const ends = [folded, ...tailsOf(folded)]
  const base = ends.pop()!
  const isAtTop = ends.length === 0
  const asPath = [...ends, ...(isAtTop && base.includes('.') ? [base] : [])].find((end) =>
    mentions.paths.has(end),
  )
  if (asPath) return { how: 'path', as: asPath }
  if (!isAtTop && mentions.tails.has(folded)) return { how: 'path', as: folded }
  if (mentions.paths.has(base) && !mentions.words.has(base)) return { how: 'name', as: base }

  const stem = stemOf(path)
  const modules = ends.map((end) => end.replace(/\.[^./]*$/, '').replaceAll('/', '.'))
  const module = modules.find((one) => mentions.paths.has(one))
  if (module) return { how: 'code', as: module }
  if (mentions.squashed.has(squash(stem))) return { how: 'code', as: stem }
  return isNamedInWords(stem, mentions.words) ? { how: 'word', as: stem } : null
}

/** Names of files that say nothing of what is in them. */
const common = new Set(
  `index main app init test tests util utils helper helpers common base core type types config settings data model
  models src lib file files code constants errors setup run script new example the and for with`.split(/\s+/),
)

function isNamedInWords(stem: string, words: ReadonlySet<string>): boolean {
  const parts = stem
    .replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, ' ')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== '')
  if (words.has(squash(stem)) && !common.has(squash(stem)) && stem.length > 2) return true
  return parts.length > 1 && parts.every((part) => words.has(part)) && parts.some((part) => !common.has(part))
}

const isSpelledAsCode = (name: string) => /[a-z0-9][A-Z]|\w_\w/.test(name)

const readPath = (token: string) =>
  token
    .replaceAll('\\', '/')
    .replace(/^(?:\.{1,2}\/)+/, '')
    .replace(/[.\-+~]+$/, '')
    .toLowerCase()

/** What is left of a path without its first folders, the longest first. */
function tailsOf(path: string): string[] {
  const parts = path.split('/').slice(-mostParts)
  return parts.slice(1).map((_, index) => parts.slice(index + 1).join('/'))
}
const mostParts = 32
