import type { Block } from './block.ts'
import { contradictsLanguage } from './file-kinds.ts'
import { isTailOf } from './name-block.ts'
import { checkPath } from './path-rules.ts'

/**
 * The planned path that a block is, where the plan tells: the name that the block has, in the plan's full form or
 * spelling; for a block without a sure name the one planned file that it may be. Null where the plan says nothing.
 */
export function findInPlan(
  block: Block,
  plan: readonly string[],
  claimed: ReadonlySet<string>,
): string | null {
  if (plan.length === 0) return null
  const { path } = block
  if (path !== null)
    return plan.includes(path) ? path : only(plan.filter((planned) => isSameFile(path, planned)))
  const isOther = (planned: string) => block.otherOf?.some((path) => isSameFile(path, planned)) === true
  const stated = only(plan.filter((planned) => statesPlanned(block, planned) && !isOther(planned)))
  if (stated !== null) return stated
  const wanted = new Set(
    block.candidates.flatMap((candidate) => plan.filter((planned) => isSameFile(candidate.path, planned))),
  )
  const fitting = [...wanted].filter(
    (planned) =>
      !claimed.has(planned) && !isOther(planned) && !contradictsLanguage(lastPart(planned), block.language),
  )
  return only(fitting)
}

/** Whether a name is a planned file's: but for its first folders, or for the project's own folder before it, or for case. */
function isSameFile(path: string, planned: string): boolean {
  const [one, other] = [path.toLowerCase(), planned.toLowerCase()]
  return isTailOf(one, other) || isTailOf(other, one)
}

/** A path that is planned may be odder than one that nobody expects: without an extension, or with a blank in it. */
const statesPlanned = ({ refused }: Block, planned: string): boolean =>
  typeof refused === 'string' && isSafe(planned) && isSameFile(refused.replace(/^\.\//, ''), planned)

function isSafe(path: string): boolean {
  try {
    return checkPath(path) === path
  } catch {
    return false
  }
}

const only = (paths: readonly string[]): string | null => (paths.length === 1 ? paths[0]! : null)
const lastPart = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
