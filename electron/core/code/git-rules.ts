import ignore, { type Ignore } from 'ignore'
import { limits } from './limits.ts'

// Git tells `Build` from `build` where the disk does.
const options = { ignorecase: process.platform !== 'linux' }
const longestRule = 1000
/** More runs of two stars would take too long on a path made for it. */
const mostGlobstars = 4

/** What the .gitignore files on the way to a folder say; values, never changed. */
export class GitRules {
  static readonly none = new GitRules(ignore(options), 0)
  readonly #rules: Ignore
  readonly #count: number

  private constructor(rules: Ignore, count: number) {
    this.#rules = rules
    this.#count = count
  }

  /** Whether Git would not look at a file or folder; the folders above it count as looked at. */
  ignores(path: string, isFolder: boolean): boolean {
    return this.#rules.ignores(isFolder ? `${path}/` : path)
  }

  /** The same with the text of one more file, whose rules hold below its folder; `passedOver`: rules beyond reason. */
  with(text: string, folder: string): { rules: GitRules; passedOver: number } {
    const given = text.replace(/^\uFEFF/, '').split(/\r?\n/)
    const lines = given.filter((line) => line.trim() !== '' && !line.startsWith('#'))
    const sane = lines.filter(
      (line) => line.length <= longestRule && (line.match(/\*{2,}/g)?.length ?? 0) <= mostGlobstars,
    )
    const taken = sane.slice(0, Math.max(0, limits.ignoreRules - this.#count))
    if (taken.length === 0) return { rules: this, passedOver: lines.length }
    const own = taken.map((line) => (folder === '' ? line : moveRule(line, folder)))
    const rules = ignore(options).add(this.#rules).add(own)
    return {
      rules: new GitRules(rules, this.#count + taken.length),
      passedOver: lines.length - taken.length,
    }
  }
}

/** A rule of a folder's file as it stands in the file of the root. */
function moveRule(rule: string, folder: string): string {
  const isNegated = rule.startsWith('!')
  const body = isNegated ? rule.slice(1) : rule
  // Without a slash before its end a rule holds at any depth.
  const isAnchored = body.trimEnd().replace(/\/$/, '').includes('/')
  const place = folder.replaceAll(/[\\*?[\]]/g, String.raw`\$&`)
  const way = isAnchored ? body.replace(/^\//, '') : `**/${body}`
  return `${isNegated ? '!' : ''}/${place}/${way}`
}
