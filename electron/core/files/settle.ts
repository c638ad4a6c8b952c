import { anyOf } from './words.ts'

/** One version of a file in an answer, as far as choosing between versions needs it. */
type Version = {
  readonly path: string
  readonly content: string
  readonly complete: boolean
  readonly line: number
  readonly how: string
  /** The lines that lead in to it. */
  readonly above: readonly string[]
}
/** What several versions of one path come to. */
type Settled<V> = { readonly file: V; readonly note: string | null } | { readonly conflict: readonly V[] }

/**
 * Chooses between the versions that an answer has of one path: the same twice is one; a later one that the text announces
 * as the better one wins, and that is said; anything else is a conflict.
 */
export function settle<V extends Version>(versions: readonly V[]): Settled<V> {
  const [first] = versions
  const last = versions.findLast(({ complete }) => complete) ?? versions.at(-1)!
  const others = versions.filter(({ content }) => content !== last.content)
  if (others.length === 0)
    return { file: last.complete ? versions.find(({ complete }) => complete)! : first!, note: null }
  // What was begun, broken off and begun again.
  if (
    others.every(
      (other) => !other.complete && last.complete && last.content.startsWith(other.content.trimEnd()),
    )
  )
    return { file: last, note: null }
  const isLast = last === versions.at(-1)
  if (isLast && last.how === 'edit')
    return {
      file: last,
      note: `The change at line ${last.line} was made to the version at line ${others.at(-1)!.line}.`,
    }
  // Words that stand at every version announce none of them.
  const usual = new Set(others.flatMap(({ above }) => announcements(above)))
  const words = isLast && last.complete && announcements(last.above).findLast((line) => !usual.has(line))
  if (!words) return { conflict: versions }
  const lines = others.map(({ line }) => line).join(', ')
  const note = `The version at line ${last.line} replaces that at line ${lines}, as the text says: "${words}"`
  return { file: last, note }
}

const better = anyOf(
  'correct(?:ed|ion|s)?|fix(?:ed|es)?|updat(?:ed|es?)|revis(?:ed|ion)|improved|final|refactored|rewritten|new(?:er)? version',
  '(?:full|complete) version|sorry|apolog\\w+|mistakes?|oops|missed|forgot|should (?:be|have been)|wait|korrig\\p{L}*|aktualisier\\p{L}*|überarbeit\\p{L}*|verbesser\\p{L}*|fehler',
  'corrig\\p{L}*|correg\\p{L}*|actualizad\\p{L}*|atualizad\\p{L}*|mise? à jour|erreur|error|исправл\\p{L}*|обновл\\p{L}*|ошиб\\p{L}*',
  '修正|更正|更新|改进|訂正|수정|업데이트',
)
const another = anyOf(
  'alternativ\\w*|options?|variants?|another way|or,? if|instead of this|version [ab12]|approach|或者|另一',
)

/** The lines above a version that announce it as the better one. */
function announcements(above: readonly string[]): string[] {
  const text = above
    .slice(-6)
    .map((line) => line.trim())
    .filter((line) => line !== '')
  if (text.some((line) => another.test(line))) return []
  return text
    .filter((line) => better.test(line))
    .map((line) => (line.length > 120 ? `${line.slice(0, 120)}...` : line))
}
