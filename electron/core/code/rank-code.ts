import { dirname } from 'node:path/posix'
import { codeKinds, isProjectFile, isTest, kindOf, subjectOf } from './code-kind.ts'
import type { Mention } from './find-mentions.ts'
import { measureDistance } from './folder-distance.ts'

/** What speaks for a file: how a person or the requirement names it, and which files of the workspace it imports. */
export type Candidate = {
  readonly path: string
  readonly bytes: number
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
    const { path, bytes } = file
    const away = distance(dirname(path))
    const direct = directWishes(file, rootPaths.has(path))
    const { rank, why } = pick([...direct, ...(related.get(path) ?? [])]) ?? rest(file, away)
    const near =
      rank === 'project'
        ? [Math.min(away, path.split('/').length - 1)]
        : [codeKinds.indexOf(kindOf(path)), away]
    return { file, why, order: [ranks.indexOf(rank), Number(isTest(path)), ...near, bytes] }
  })
  return ranked.sort(byOrder).map(({ file, why }) => ({ file, why }))
}

function directWishes({ path, isIncluded, mention, defines }: Candidate, isRoot: boolean): Wish[] {
  const wishes: Wish[] = []
  const isSource = kindOf(path) === 'source'
  if (isIncluded) wishes.push({ rank: 'included', why: 'named with --include' })
  if (mention?.how === 'path' || mention?.how === 'name')
    wishes.push({ rank: mention.how, why: `the requirement names ${mention.as}` })
  else if (mention)
    wishes.push({
      rank: isRoot ? 'code' : isSource ? 'word' : 'data',
      why: `the requirement speaks of ${mention.as}`,
    })
  if (defines !== null && isSource)
    wishes.push({ rank: 'code', why: `defines ${defines}, of which the requirement speaks` })
  if (isProjectFile(path)) wishes.push({ rank: 'project', why: 'tells how the project is set up or started' })
  return wishes
}

/** The files around which the others are looked for: those that are named surely, or else in mere words. */
function findRoots(candidates: readonly Candidate[]): Candidate[] {
  const source = candidates.filter(({ path }) => kindOf(path) === 'source')
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
  const subjects = new Map(roots.map(({ path }) => [subjectOf(path), path]))
  for (const { path } of others) {
    const root = subjects.get(subjectOf(path))
    if (root !== undefined && kindOf(path) === 'data') add(path, 'data', `has the name of ${root}`)
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
  const all = others.filter(({ path }) => isTest(path))
  const bySubject = Map.groupBy(all, ({ path }) => subjectOf(path))
  const imports = all.flatMap((test) => test.imports.map((path) => ({ test, path })))
  const byImport = Map.groupBy(imports, ({ path }) => path)
  for (const { path } of roots) {
    const own = bySubject.get(subjectOf(path)) ?? byImport.get(path)?.map(({ test }) => test) ?? []
    for (const test of own) if (!tested.has(test.path)) tested.set(test.path, path)
  }
  const ofRoots = all.filter(({ path }) => tested.has(path))
  return { tests: [...roots.filter(({ path }) => isTest(path)), ...ofRoots], tested }
}

function rest({ path }: Candidate, away: number): Wish {
  const kind = kindOf(path)
  const what = kind === 'other' ? 'a further file' : `further ${kind}`
  return { rank: 'rest', why: away === 0 ? `${what} in the same folder` : `${what} of the workspace` }
}

const pick = (wishes: readonly Wish[]): Wish | null =>
  wishes.toSorted((one, other) => ranks.indexOf(one.rank) - ranks.indexOf(other.rank))[0] ?? null

type Ordered = { readonly file: Candidate; readonly order: readonly number[] }

function byOrder(one: Ordered, other: Ordered): number {
  const at = one.order.findIndex((figure, index) => figure !== other.order[index])
  if (at !== -1) return one.order[at]! - other.order[at]!
  return one.file.path < other.file.path ? -1 : 1
}
