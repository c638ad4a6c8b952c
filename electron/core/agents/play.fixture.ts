import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { startFaultServer, type ChatRequest, type Plan } from '../../../e2e/fixtures/fault-server.ts'
import type { RunEvent } from '../../../shared/run-event.ts'
import { Settings, type SomeSettings } from '../../../shared/settings.ts'
import type { Workflow } from '../../../shared/workflow.ts'
import { openCore, type Core } from '../core.ts'
import { AgentOrchestrator } from '../orchestrator.ts'
import type { WorkflowResult } from '../outputs/workflow-result.ts'
import { WorkflowEngine } from '../workflow-engine.ts'

/** A request as the server got it, and what it asks for. */
export type Asked = {
  /** `role / task_type`. */
  readonly task: string
  readonly file: string | null
  /** The name of the schema that the answer has to keep to. */
  readonly schema: string | null
  readonly system: string
  readonly user: string
  /** The end of the prompt: task, preferences and role. */
  readonly closing: string
  readonly body: ChatRequest
}
/** What is answered; a string is a whole answer. */
export type Answering = (asked: Asked, number: number) => ReturnType<Plan>
/** A run that was played to its end, with every request that it made. */
export type Played = { asked: Asked[]; result: WorkflowResult; events: RunEvent[] }

type Game = {
  readonly answer?: Answering
  readonly requirement?: string
  readonly document?: { readonly name: string; readonly bytes: Uint8Array }
  /** What is in the workspace before, by path. */
  readonly files?: Readonly<Record<string, string>>
  readonly settings?: SomeSettings
  readonly window?: number
}

/** Plays a workflow on a server that answers by a script, in folders of its own. */
export async function play(workflow: string | Workflow, game: Game = {}): Promise<Played> {
  const { asked, run, stop } = await prepare(game)
  try {
    return await run(async (core, workspace) => {
      const { requirement = 'A tool that says hello.', document } = game
      const input = { requirement, documents: document ? [document] : [] }
      const engine = new WorkflowEngine(new AgentOrchestrator(workspace, core.settings, core))
      const result = await engine.executeWorkflow(workflow, input)
      return { asked, result, events: core.ledger.read(result.workflow_id) }
    })
  } finally {
    await stop()
  }
}

/** The server and the folders of a game; `run` opens a core on them, as a process does, and closes it. */
export async function prepare({ answer = plausible, files = {}, settings = {}, window = 65_536 }: Game) {
  const asked: Asked[] = []
  const server = await startFaultServer(
    (body) => {
      const one = readAsked(body)
      return answer(one, asked.push(one))
    },
    { window, slots: 2 },
  )
  const folder = mkdtempSync(join(tmpdir(), 'paddock-play-'))
  const workspace = join(folder, 'workspace')
  mkdirSync(workspace)
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(workspace, path)), { recursive: true })
    writeFileSync(join(workspace, path), content)
  }
  const given = Settings.parse({ llm_retry_initial_delay: 0, ...settings, openai_api_base: server.base })
  return {
    asked,
    async run<T>(work: (core: Core, workspace: string) => Promise<T>, data = 'data'): Promise<T> {
      const core = openCore(given, { dataFolder: join(folder, data) })
      try {
        return await work(core, workspace)
      } finally {
        core.ledger.close()
        await core.log.close()
      }
    },
    async stop() {
      await server.stop()
      rmSync(folder, { recursive: true })
    },
  }
}

function readAsked(body: ChatRequest): Asked {
  const [system, user] = [body.messages[0]!.content, body.messages[1]!.content]
  const closing = user.slice(user.lastIndexOf('\n# Your task: ') + 1)
  const [, task = ''] = /^# Your task: (.*)$/m.exec(closing) ?? []
  const [, file = null] = /^The file to write: `(.+)`$/m.exec(closing) ?? []
  const { json_schema } = (body.response_format ?? {}) as { json_schema?: { name: string } }
  return { task, file, schema: json_schema?.name ?? null, system, user, closing, body }
}

/** One file of each kind, as a plan without any better idea lists it. */
const somePaths: Readonly<Record<string, readonly string[]>> = {
  implementation: ['hello/text.py', 'hello/main.py'],
  testing: ['tests/test_text.py'],
  deployment: ['Dockerfile'],
  documentation: ['README.md'],
}
const planned = (path: string) => ({ path, purpose: `What ${path} is for.`, needs: [] })
const finding = {
  title: 'The greeting is wrong',
  file: '',
  quote: '',
  severity: 'major',
  steps: ['Call hello.'],
  expected: 'Hello.',
  actual: 'Hell.',
  cause: 'A letter is missing.',
  problem: 'A letter is missing.',
  suggestion: 'Add the letter.',
}

/** An answer that keeps to the form that is asked for, whatever the task. */
export function plausible({ task, file, schema, body }: Asked): string {
  if (file !== null) return answerWith(file, `Content of ${file}, written by ${task}.\n`)
  switch (schema) {
    case 'analysis':
      return JSON.stringify({
        summary: 'A greeter.',
        stories: [{ title: 'Greet', story: 'As a user, I want a greeting.', criteria: ['It says hello.'] }],
        assumptions: ['English will do.'],
        questions: [],
      })
    case 'design': {
      const kinds = Object.keys(propertiesOf(propertiesOf(schemaOf(body))['files']))
      return JSON.stringify({
        overview: 'A small thing.',
        decisions: [{ decision: 'Python', reason: 'It is there.' }],
        files: Object.fromEntries(kinds.map((kind) => [kind, (somePaths[kind] ?? []).map(planned)])),
        defects: [finding],
      })
    }
    case 'files':
      return JSON.stringify({
        reason: 'It has to be.',
        files: [planned(`made/by_${task.split(' ').at(-1)}.py`)],
      })
    case 'report':
      return JSON.stringify({ summary: 'One thing is wrong.', findings: [finding] })
    default:
      return `# A document\n\nBy ${task}.\n\n${'It says something that is worth reading. '.repeat(12)}\n`
  }
}

/** A file as an answer gives it. */
export const answerWith = (path: string, content: string): string => {
  const fence = path.endsWith('.md') ? '````' : '```'
  return `File: \`${path}\`\n${fence}\n${content}${fence}\n`
}

type Schema = { properties?: Record<string, Schema> }
const schemaOf = (body: ChatRequest) =>
  (body.response_format as { json_schema: { schema: Schema } }).json_schema.schema
const propertiesOf = (schema: Schema | undefined) => schema?.properties ?? {}

/** What is answered to `task` or `task file`; the rest is plausible. */
export const scripted = (answers: Readonly<Record<string, string>>) => (asked: Asked) =>
  answers[asked.file === null ? asked.task : `${asked.task} ${asked.file}`] ?? plausible(asked)

/** What was asked of a task, or of a file of it. */
export const at = ({ asked }: Played, task: string, file: string | null = null) =>
  asked.find((one) => one.task === task && one.file === file)!

/** What was asked, in its order. */
export const order = ({ asked }: Played) =>
  asked.map(({ task, file }) => (file === null ? task : `${task} ${file}`))

/** The message of an agent, as it stands in a prompt. */
export const messageIn = ({ user }: Asked, from: string, kind: string) =>
  new RegExp(
    `^# Message to you from ${from} \\(${kind}\\)\\n\\n([^]*?)(?=\\n\\n# (?:Message to you|Your task))`,
    'm',
  ).exec(user)?.[1] ?? null
