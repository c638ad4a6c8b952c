import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

type Body = { messages: { content: string }[] }

/** An OpenAI-compatible server with eight slots that answers a few words after as long as `delay` says for the prompt. */
export async function startDelayedServer(
  delay: (prompt: string) => number,
): Promise<{ base: string; stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    const json = (value: object) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value))
    void (async () => {
      if (request.url === '/props') return json({ total_slots: 8 })
      if (request.url === '/v1/models') return json({ data: [{ id: 'bench' }] })
      if (request.url !== '/v1/chat/completions') return response.writeHead(404).end()
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const { messages } = JSON.parse(Buffer.concat(chunks).toString()) as Body
      await sleep(delay(messages.at(-1)?.content.slice(-2000) ?? ''))
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      for (const delta of [{ content: 'Decided as asked.' }, {}]) {
        const finish_reason = 'content' in delta ? null : 'stop'
        response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason }] })}\n\n`)
      }
      return response.end('data: [DONE]\n\n')
    })()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    stop: async () => void (await new Promise((resolve) => server.close(resolve))),
  }
}
