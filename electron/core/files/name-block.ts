import { readInfo } from './name-info.ts'
import { readLineBelow, readPathLine, readSentence, type Claim } from './name-line.ts'
import { isPlausiblePath } from './plausible-path.ts'
import { anyOf } from './words.ts'

/** A path that a block may have, and what speaks for it. */
export type Candidate = { path: string; why: string }

/** What the text around a block says of it. */
export type Naming = {
  language: string | null
  path: string | null
  how: 'fence' | 'heading' | null
  /** Why no path was taken although something looked like one, or null. */
  reason: string | null
  candidates: Candidate[]
  /** Files that the block is said to be something else of: a test of it, or less than all. */
  otherOf?: readonly string[]
  /** What stands where a name stands, as it is written, where it was not taken. */
  refused: string | null
  /** How far above the block the line is that names it; null where none does. */
  linesAbove: number | null
  /** How the name is written: the same for files that one hand wrote in one way. */
  style: string | null
}

/** The reason for a block that only lines further away say something of. */
export const noNameNear = 'No name stands right at the block.'
/** Why a block is not taken for a file that it is said to be something else of. */
export const otherReason = (path: string) =>
  `${noNameNear} The words beside ${path} say that the block is not the whole file.`
const above = 'The line above the fence names it.'

/** Reads the name of a block from its fence's line and the lines above it, nearest last. */
export function nameBlock(info: string, lines: readonly string[]): Naming {
  const { language, claim } = readInfo(info)
  const near = readNear(lines)
  const none: Naming = {
    language,
    path: null,
    how: null,
    reason: null,
    candidates: [],
    refused: null,
    linesAbove: null,
    style: null,
  }

  const fence = judge(claim, language, "The fence's line names it.")
  const heading = judge(near?.claim ?? null, language, above)
  const linesUp = heading.path === null ? null : near!.linesAbove
  const style = heading.path === null ? 'fence' : near!.style
  if (fence.path !== null && heading.path !== null) {
    const longer = longerOf(fence.path, heading.path)
    const how = longer === fence.path ? 'fence' : 'heading'
    if (longer !== null) return { ...none, path: longer, how, linesAbove: linesUp, style }
    const reason = `The fence's line names ${fence.path}, the line above it ${heading.path}.`
    return { ...none, reason, candidates: [...fence.candidates, ...heading.candidates] }
  }
  const isOther = fence.path !== null && heading.otherOf?.includes(fence.path) === true
  if (fence.path !== null && !isOther) return { ...none, path: fence.path, how: 'fence', style }
  if (heading.path !== null)
    return { ...none, path: heading.path, how: 'heading', linesAbove: linesUp, style }

  const section = claim === null && heading.reason === null ? readSection(lines, language) : null
  const reason = fence.reason ?? heading.reason
  if (section !== null && reason === null)
    return { ...none, path: section.path, how: 'heading', linesAbove: section.linesAbove }
  const refused = claim?.text ?? near?.whole ?? null
  const candidates = [...fence.candidates, ...heading.candidates]
  return { ...none, ...otherwise(heading), reason, refused, candidates }
}

const otherwise = ({ otherOf }: Pick<Naming, 'otherOf'>) => (otherOf ? { otherOf } : {})

/** The name of a block that nothing else names, by the line behind it: `Save the code above as a.py`. */
export function nameFromBelow<N extends Named & { how: string | null }>(
  naming: N,
  lines: readonly string[],
): N {
  if (naming.path !== null || naming.reason !== null || naming.candidates.length > 0) return naming
  const line = lines.slice(0, 2).find((one) => one.trim() !== '') ?? ''
  const { path } = judge(readLineBelow(line), naming.language, '')
  return path === null ? naming : { ...naming, path, how: 'heading' }
}

type Named = Pick<Naming, 'language' | 'path' | 'reason' | 'candidates' | 'otherOf'>

/** Adds the paths that lines further up name, the nearest first, to what is known of a block without a name. */
export function withHints<N extends Named>(naming: N, lines: readonly string[]): N {
  if (naming.path !== null) return naming
  const hints: Candidate[] = []
  const otherOf = [...(naming.otherOf ?? [])]
  for (const line of lines.toReversed()) {
    if (hints.length >= 3) break
    const hint = judge(claimOf(line), naming.language, 'A line further up names it.')
    otherOf.push(...(hint.otherOf ?? []).filter((path) => !hints.some((nearer) => nearer.path === path)))
    hints.push(...hint.candidates)
  }
  const all = [...naming.candidates, ...hints]
  const candidates = all.filter(({ path }, index) => all.findIndex((other) => other.path === path) === index)
  const reason = naming.reason ?? (candidates.length > 0 ? noNameNear : null)
  return { ...naming, reason, candidates, ...(otherOf.length > 0 ? { otherOf } : {}) }
}

/** Whether `short` is the end of `path`, folder by folder: a name that left out the first folders. */
export function isTailOf(short: string, path: string): boolean {
  return path === short || path.endsWith(`/${short}`)
}

/** The longer of two forms of one path; null where they are two paths. */
export function longerOf(one: string, other: string): string | null {
  if (isTailOf(other, one)) return one
  return isTailOf(one, other) ? other : null
}

// Nearly every line of prose is without any of these, and need not be looked at closer.
const mayName = /[./\\<]|file|licen[sc]e|readme|notice|authors|version|gradlew|mvnw/i

/** What a line says of a name: as a whole, or as a sentence that has one in it. */
function claimOf(line: string): Claim | null {
  if (!mayName.test(line)) return null
  const whole = readPathLine(line)
  return whole?.stated || whole?.isOther ? whole : (readSentence(line) ?? whole)
}

/** What the nearest line says, if at most one blank line is between it and the block. */
function readNear(
  lines: readonly string[],
): { claim: Claim; whole: string | null; linesAbove: number; style: string } | null {
  const nearest = lines.findLastIndex((line) => line.trim() !== '')
  const linesAbove = lines.length - nearest
  if (nearest < 0 || linesAbove > 2) return null
  const line = lines[nearest]!
  const claim = claimOf(line)
  const whole = readPathLine(line)?.text ?? null
  return claim && { claim, whole, linesAbove, style: line.trim().replace(claim.text, '') }
}

const heading = /^\s*(?:#{1,6}\s|\*\*.{1,200}\*\*[:：]?\s*$)/
const isLabel = (line: string): boolean =>
  mayName.test(line) && /[:：]/.test(line) && readPathLine(line)?.isLabelled === true
/** `- **Language**: Python` */
const key = /^\s*[-*+•]\s+\*{0,2}\p{L}[\p{L} ]{0,20}\*{0,2}[:：]/u
const list = /^\s*(?:[-*+•]|\d{1,3}[.)])\s/
const critical = anyOf(
  'chang\\w*|replac\\w*|fix\\w*|bugs?|issues?|problems?|instead|modif\\w*|snippets?|examples?|should|review|add(?:ed|ing)?|append',
  'insert|remov\\w*|lines?|error|wrong|usage|run|current(?:ly)?|before|old|original',
)
const mostProse = 8

/**
 * The path of the heading or label that a block stands under, with nothing but a few words of description between: one heading,
 * one block. Criticism, lists and other names between the two mean that the block is something else.
 */
function readSection(
  lines: readonly string[],
  language: string | null,
): { path: string; linesAbove: number } | null {
  const at = lines.findLastIndex((line) => line.length < 300 && (heading.test(line) || isLabel(line)))
  if (at < 0 || lines.length - at > mostProse) return null
  const { path } = judge(claimOf(lines[at]!), language, '')
  const between = lines.slice(at + 1)
  const isPlain = between.every(
    (line) =>
      line.length < 600 &&
      // Where no language is said, what is shown after a colon may be anything.
      !(language === null && /[:：]\s*$/.test(line)) &&
      !(list.test(line) && !key.test(line)) &&
      !critical.test(line) &&
      !readSentence(line),
  )
  return path !== null && isPlain ? { path, linesAbove: lines.length - at } : null
}

function judge(
  claim: Claim | null,
  language: string | null,
  why: string,
): Pick<Naming, 'path' | 'reason' | 'candidates' | 'otherOf'> {
  if (!claim) return { path: null, reason: null, candidates: [] }
  const verdict = isPlausiblePath(claim.text, language, claim.quoted)
  if (verdict.ok && claim.stated)
    return { path: verdict.path, reason: null, candidates: [{ path: verdict.path, why }] }
  const inAnyLanguage = isPlausiblePath(claim.text, null, claim.quoted)
  const candidates = inAnyLanguage.ok ? [{ path: inAnyLanguage.path, why }] : []
  if (claim.isOther && inAnyLanguage.ok) {
    const { path } = inAnyLanguage
    return { path: null, reason: otherReason(path), candidates, otherOf: [path] }
  }
  return { path: null, reason: claim.stated && !verdict.ok ? verdict.reason : null, candidates }
}
