import { dirname } from 'node:path/posix'
import { codeKinds, type Nature } from './code-kind.ts'
import type { Mention } from './find-mentions.ts'
import { measureDistance } from './folder-distance.ts'
import { limits } from './limits.ts'

/** What speaks for a file: how a person or the requirement names it, and which files of the workspace it imports. */
export type Candidate = {
  readonly path: string
  readonly bytes: number
  readonly nature: Nature
  /** Named in full with `--include`. */
  readonly isIncluded: boolean
  readonly mention: Mention | null
  /** A name of the requirement that it defines. */
  readonly defines: string | null
  readonly imports: readonly string[]
}

/** The most wanted first; what only has the name of a thing comes after all that works on it. */
const ranks = [
  'path',
  'included',
  'name',
  'code',
  'test',
  'tested',
  'neighbour',
  'word',
  'data',
  'project',
  'rest',
] as const
type Wish = { readonly rank: (typeof ranks)[number]; readonly why: string }

/** Files in the order in which a run wants them, each with the reason, for people; the same for the same files. */
export function rankCode<T extends Candidate>(candidates: readonly T[]): { file: T; why: string }[] {
  const roots = findRoots(candidates)
  const related = relate(candidates, roots)
  const distance = measureDistance(
    (roots.length > 0 ? roots : [{ path: 'x' }]).map(({ path }) => dirname(path)),
  )
  const rootPaths = new Set(roots.map(({ path }) => path))
  const ranked = candidates.map((file) => {
    const away = distance(dirname(file.path))
    const direct = directWishes(file, rootPaths.has(file.path))
    const { rank, why } = pick([...direct, ...(related.get(file.path) ?? [])]) ?? rest(file, away)
    return { file, why, order: orderOf(file, rank, away) }
  })
  return ranked.sort(byOrder).map(({ file, why }) => ({ file, why }))
}

/** One figure for what counts more than size: the rank; tests last; then the kind, then the distance. */
function orderOf({ path, nature }: Candidate, rank: Wish['rank'], away: number): number {
  const isProject = rank === 'project'
  const kind = isProject ? 0 : codeKinds.indexOf(nature.kind)
  const distance = isProject ? Math.min(away, path.split('/').length - 1) : away
  const mostAway = 2 * limits.depth + 2
  return ((ranks.indexOf(rank) * 2 + Number(nature.isTest)) * codeKinds.length + kind) * mostAway + distance
}

function directWishes({ nature, isIncluded, mention, defines }: Candidate, isRoot: boolean): Wish[] {
  const wishes: Wish[] = []
  const isSource = nature.kind === 'source'
  if (isIncluded) wishes.push({ rank: 'included', why: 'included as asked' })
  if (mention?.how === 'path' || mention?.how === 'name')
    wishes.push({ rank: mention.how, why: `the requirement names ${mention.as}` })
  else if (mention)
    wishes.push({
      rank: isRoot ? 'code' : isSource ? 'word' : 'data',
      why: `the requirement speaks of ${mention.as}`,
    })
  if (defines !== null && isSource)
    wishes.push({ rank: 'code', why: `defines ${defines}, of which the requirement speaks` })
  if (nature.isProject) wishes.push({ rank: 'project', why: 'tells how the project is set up or started' })
  return wishes
}

/** The files around which the others are looked for: those that are named surely, or else in mere words. */
function findRoots(candidates: readonly Candidate[]): Candidate[] {
  const source = candidates.filter(({ nature }) => nature.kind === 'source')
  const sure = source.filter(
    ({ isIncluded, mention, defines }) =>
      isIncluded || defines !== null || (mention !== null && mention.how !== 'word'),
  )
  return sure.length > 0 ? sure : source.filter(({ mention }) => mention !== null)
}

/** What the imports and names of files tell of their relation to the roots. */
function relate(candidates: readonly Candidate[], roots: readonly Candidate[]): Map<string, Wish[]> {
  const wishes = new Map<string, Wish[]>()
  const add = (path: string, rank: Wish['rank'], why: string) => {
    const known = wishes.get(path)
    if (known) known.push({ rank, why })
    else wishes.set(path, [{ rank, why }])
  }
  const rootPaths = new Set(roots.map(({ path }) => path))
  const others = candidates.filter(({ path }) => !rootPaths.has(path))
  const { tests, tested } = findTests(others, roots)

  for (const file of others) {
    const root = file.imports.find((path) => rootPaths.has(path))
    const namesake = tested.get(file.path)
    if (namesake !== undefined) add(file.path, 'test', `tests ${namesake}`)
    else if (root !== undefined) add(file.path, 'neighbour', `imports ${root}`)
  }
  for (const { path, imports } of tests) for (const one of imports) add(one, 'tested', `${path} imports it`)
  for (const { path, imports } of roots)
    for (const one of imports) add(one, 'neighbour', `${path} imports it`)
  const subjects = new Map(roots.map(({ path, nature }) => [nature.subject, path]))
  for (const { path, nature } of others) {
    const root = nature.kind === 'data' ? subjects.get(nature.subject) : undefined
    if (root !== undefined) add(path, 'data', `has the name of ${root}`)
  }
  return wishes
}

/**
 * The tests of the roots, and which root each of them tests: those with a root's name, or where there is none, those
 * that import it. Many a test imports what it does not test.
 */
function findTests(
  others: readonly Candidate[],
  roots: readonly Candidate[],
): { tests: Candidate[]; tested: Map<string, string> } {
  const tested = new Map<string, string>()
  const all = others.filter(({ nature }) => nature.isTest)
  const bySubject = Map.groupBy(all, ({ nature }) => nature.subject)
  const imports = all.flatMap((test) => test.imports.map((path) => ({ test, path })))
  const byImport = Map.groupBy(imports, ({ path }) => path)
  for (const { path, nature } of roots) {
    const own = bySubject.get(nature.subject) ?? byImport.get(path)?.map(({ test }) => test) ?? []
    for (const test of own) if (!tested.has(test.path)) tested.set(test.path, path)
  }
  const ofRoots = all.filter(({ path }) => tested.has(path))
  return { tests: [...roots.filter(({ nature }) => nature.isTest), ...ofRoots], tested }
}

function rest({ nature: { kind } }: Candidate, away: number): Wish {
  const what = kind === 'other' ? 'a further file' : `further ${kind}`
  return { rank: 'rest', why: away === 0 ? `${what} in the same folder` : `${what} of the workspace` }
}

function pick(wishes: readonly Wish[]): Wish | undefined {
  if (wishes.length < 2) return wishes[0]
  return wishes.toSorted((one, other) => ranks.indexOf(one.rank) - ranks.indexOf(other.rank))[0]
}

type Ordered = { readonly file: Candidate; readonly order: number }

const byOrder = (one: Ordered, other: Ordered) =>
  one.order - other.order || one.file.bytes - other.file.bytes || (one.file.path < other.file.path ? -1 : 1)
