/** A process that has just been started: see start.ts. It loads only what it is asked for. */
import type * as api from '../electron/api.ts'
import type { Workflow } from '../shared/workflow.ts'

/** What the process does: a module that it loads, or a first token that it waits for. */
export type Start = {
  readonly what: 'import-openai' | 'import-core' | 'first-openai' | 'first-fetch' | 'first-paddock'
  readonly base: string
  readonly folder: string
  /** The core's entry: `api.ts`, or what was built of it. */
  readonly core: string
  readonly workflow: Workflow
}
type Core = typeof api

const { what, base, folder, core, workflow } = JSON.parse(process.argv[2]!) as Start

const tellToken = () => process.send?.({ at: String(process.hrtime.bigint()) }, () => process.exit())

async function timeImport(load: () => Promise<unknown>): Promise<void> {
  const start = performance.now()
  await load()
  process.send?.({ ms: performance.now() - start }, () => process.exit())
}

switch (what) {
  case 'import-openai':
    await timeImport(() => import('openai'))
    break
  case 'import-core':
    await timeImport(() => import(core))
    break
  case 'first-openai': {
    const { OpenAI } = await import('openai')
    const { chat } = new OpenAI({ baseURL: base, apiKey: 'bench' })
    const messages = [{ role: 'user', content: 'Note step 1.' } as const]
    for await (const { choices } of await chat.completions.create({ model: 'bench', messages, stream: true }))
      if (choices[0]?.delta.content) tellToken()
    break
  }
  case 'first-fetch': {
    const body = { model: 'bench', messages: [{ role: 'user', content: 'Note step 1.' }], stream: true }
    const response = await fetch(`${base}/chat/completions`, { method: 'POST', body: JSON.stringify(body) })
    for await (const bytes of response.body!) if (Buffer.from(bytes).includes('"content":"')) tellToken()
    break
  }
  case 'first-paddock': {
    const { AgentOrchestrator, fromDict, openCore } = (await import(core)) as Core
    const config = fromDict({ openai_api_base: base })
    const opened = openCore(config, {
      dataFolder: `${folder}/data`,
      publish: (name) => name === 'delta' && tellToken(),
    })
    await new AgentOrchestrator(folder, config, opened).executeWorkflow(workflow, { requirement: 'Bench.' })
  }
}
