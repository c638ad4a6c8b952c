import { api } from '../../api.ts'
import { useOpenRun } from '../../stores/run.ts'

/** How many texts are kept; older ones are read again. */
const kept = 40
const texts = new Map<string, Promise<string>>()

/** A text of the open run by its hash: a draft, or an unplaced block. It never changes, so it is read once. */
export function textOf(hash: string): Promise<string> {
  const id = useOpenRun.getState().id!
  const key = `${id} ${hash}`
  const known = texts.get(key)
  const text = known ?? api.run.content({ id, hash })
  texts.delete(key)
  texts.set(key, text)
  text.catch(() => texts.delete(key))
  for (const old of texts.keys()) {
    if (texts.size <= kept) break
    texts.delete(old)
  }
  return text
}

/** A file of the workspace as it is now; null where there is none. */
export const diskFile = (path: string): Promise<{ text: string; hash: string } | null> =>
  api.run.disk({ id: useOpenRun.getState().id!, path })

/** The raw answer of a call. */
export const answerOf = (call: string): Promise<string> =>
  api.run.answer({ id: useOpenRun.getState().id!, call })
