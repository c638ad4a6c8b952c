import { OpenAI } from 'openai'
import { needs, steps } from './six-steps.ts'

/** Asks once and reads the answer to its end. */
export type Complete = (
  prompt: string,
  signal?: AbortSignal,
  onText?: (text: string) => void,
) => Promise<string>

/** The first floor: the `openai` client, and nothing around it. */
export function createOpenAiFloor(base: string): Complete {
  const client = new OpenAI({ baseURL: base, apiKey: 'bench' })
  return async (prompt, signal, onText) => {
    const stream = await client.chat.completions.create(
      { model: 'bench', messages: [{ role: 'user', content: prompt }], stream: true },
      { signal },
    )
    let text = ''
    for await (const chunk of stream) {
      const piece = chunk.choices[0]?.delta.content ?? ''
      if (piece) onText?.(piece)
      text += piece
    }
    return text
  }
}

/** The second floor: `fetch` with a reader of server-sent events in a few lines. */
export function createFetchFloor(base: string): Complete {
  return async (prompt, signal, onText) => {
    const body = { model: 'bench', messages: [{ role: 'user', content: prompt }], stream: true }
    const response = await fetch(`${base}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      ...(signal ? { signal } : {}),
    })
    const decoder = new TextDecoder()
    let text = ''
    let rest = ''
    for await (const bytes of response.body!) {
      const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n')
      rest = lines.pop()!
      for (const line of lines) {
        if (!line.startsWith('data: ') || line === 'data: [DONE]') continue
        const chunk = JSON.parse(line.slice(6)) as OpenAI.ChatCompletionChunk
        const piece = chunk.choices[0]?.delta.content ?? ''
        if (piece) onText?.(piece)
        text += piece
      }
    }
    return text
  }
}

/** The graph in plain promises. */
export async function runPromises(complete: Complete): Promise<void> {
  const done = new Map<number, Promise<string>>()
  for (const step of steps) {
    const above = needs[step]!.map((need) => done.get(need)!)
    done.set(
      step,
      Promise.all(above).then(() => complete(`Note step ${step}.`)),
    )
  }
  await Promise.all(done.values())
}
