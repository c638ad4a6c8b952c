import type { LineSource, Stream } from '../../components/run/line-source.ts'
import { api } from '../../api.ts'
import { deltas, useOpenRun } from '../../stores/run.ts'
import { StreamedText } from '../../stores/deltas-text.ts'

const streams = new WeakMap<object, Map<string, Stream>>()

/** The growing text of a call of the open run: the same object for the same call, so that nothing is drawn anew. */
export function streamOf(call: string): Stream {
  const texts = deltas
  const known = streams.get(texts) ?? new Map<string, Stream>()
  streams.set(texts, known)
  const stream = known.get(call) ?? {
    text: () => texts.text(call),
    subscribe: (listener: () => void) => texts.subscribe(call, listener),
  }
  known.set(call, stream)
  return stream
}

/** The whole answer of a call, read from its beginning if it is not here, and growing where it still streams. */
export function answerStream(call: string): Stream {
  void deltas.fill(call)
  return streamOf(call)
}

/** The messages of a prompt as one text, each under its role. */
export const promptStream = (hash: string, title: (role: string) => string): Stream =>
  fixedStream(async () => {
    const { id } = useOpenRun.getState()
    const messages = JSON.parse(await api.run.content({ id: id!, hash })) as PromptMessage[]
    return messages.map(({ role, content }) => `# ${title(role)}\n\n${content}`).join('\n\n')
  })

type PromptMessage = { readonly role: string; readonly content: string }

/** A text that is read once and stays as it is. */
export function fixedStream(read: () => Promise<string>): Stream {
  let text: LineSource | undefined
  const listeners = new Set<() => void>()
  const take = (whole: string) => {
    const lines = new StreamedText()
    lines.add(0, whole.endsWith('\n') ? whole : `${whole}\n`)
    text = lines
    for (const listener of listeners) listener()
  }
  void read().then(take, (error: unknown) => take(String((error as Error).message)))
  return {
    text: () => text,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
