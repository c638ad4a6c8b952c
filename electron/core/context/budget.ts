import { counted } from '../../../shared/counted.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Omission } from '../../../shared/model.ts'
import { closeFence } from './fence.ts'
import type { Section } from './sections.ts'

/** Tokens of a slot that prompts leave free: an answer that needs more is continued. */
export function promptBudget(window: number, maxTokens: number): number {
  return window - Math.min(maxTokens, Math.ceil(window / 4))
}

type Count = (text: string) => Promise<number>
type Fitted = { sections: readonly Section[]; omissions: readonly Omission[] }

/**
 * Cuts sections, the least important first and the later before the earlier, until `excess` tokens are gone.
 * A section is shortened where its beginning still fits, else left out; either way a note in its place says so.
 * Throws `invalid` with figures when what may never be cut is too much already.
 */
export async function cutSections(
  sections: readonly Section[],
  excess: number,
  count: Count,
): Promise<Fitted> {
  const result = [...sections]
  const omissions: Omission[] = []
  let left = excess
  for (const index of cuttingOrder(sections)) {
    if (left <= 0) break
    const section = sections[index]!
    const tokens = await count(section.text)
    const kept = Math.max(0, tokens - left - noteTokens)
    const short = kept >= leastUseful ? beginning(section.text, kept / tokens) : ''
    const note = `[${section.label}: ${short ? 'the rest of it' : 'all of it'} was left out for want of room]`
    const text = short ? `${closeFence(short)}\n${note}` : note
    const after = await count(text)
    if (after >= tokens) continue
    result[index] = { ...section, text }
    omissions.push({ what: section.label, tokens, kept: short ? after : 0 })
    left -= tokens - after
  }
  if (left > 0)
    throw new AppError(
      'invalid',
      `The prompt has ${counted(left, 'token')} more than a slot of the server has room for.`,
      {
        hint: 'Start llama-server with a larger --ctx-size (it is divided by --parallel), or split the document.',
      },
    )
  return { sections: result, omissions }
}

/** Tokens of the note that stands for what was cut, and the least that is worth keeping of a section. */
const noteTokens = 32
const leastUseful = 64

function cuttingOrder(sections: readonly Section[]): number[] {
  return sections
    .map(({ rank }, index) => ({ rank, index }))
    .filter(({ rank }) => Number.isFinite(rank))
    .sort((one, other) => one.rank - other.rank || other.index - one.index)
    .map(({ index }) => index)
}

/** The first lines of a text up to a share of its characters, a little less to be on the safe side. */
function beginning(text: string, share: number): string {
  const end = text.lastIndexOf('\n', Math.floor(text.length * share * 0.95))
  return end > 0 ? text.slice(0, end) : ''
}
