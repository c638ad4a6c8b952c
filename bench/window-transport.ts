import { createHash } from 'node:crypto'
import type { Change } from '../shared/change.ts'
import type { RunSummary } from '../shared/contract.ts'
import type { Reply, Transport } from '../shared/rpc.ts'
import type { NewRunEvent, RunEvent, TextDelta } from '../shared/run-event.ts'
import { Task } from '../shared/task.ts'

const id = '20260101-000000-window'
const at = (second: number) => new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString()
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')

const team = [
  ['ba_001', 'business_analyst'],
  ['dev_001', 'developer'],
  ['qa_001', 'qa_engineer'],
  ['devops_001', 'devops_engineer'],
  ['writer_001', 'technical_writer'],
] as const

/** How many files the run proposes: one language after the other, half of them over a file of the workspace. */
const fileCount = 50
const endings = ['py', 'ts', 'js', 'json', 'yaml', 'md', 'sh', 'sql', 'html', 'css', 'tf', 'toml']
const paths = Array.from(
  { length: fileCount },
  (_, n) => `src/part_${n}/file_${n}.${endings[n % endings.length]}`,
)
const linesOf = (path: string, word: string) =>
  Array.from({ length: 400 }, (_, n) => `${word}_${n} = "${path} line ${n}"  # ${n * 7}`).join('\n')

/**
 * A core that plays one run of five agents at once and nothing else: what the window costs is measured without what a
 * core, a ledger and a model server cost beside it.
 */
export class WindowTransport implements Transport {
  readonly id = id
  readonly #listeners = new Set<(name: string, payload: unknown) => void>()
  readonly #events: RunEvent[] = []
  readonly #answers = new Map<string, { text: string; tokens: number }>()
  readonly #contents = new Map(paths.map((path) => [hashOf(linesOf(path, 'draft')), linesOf(path, 'draft')]))
  readonly #calls = new Map<string, number>()

  constructor() {
    this.#add({
      type: 'run-created',
      workflow: {
        id: 'bench',
        name: 'Bench',
        description: 'Five at once',
        reads_workspace: false,
        steps: [],
      },
      requirement: 'Stream.',
      documents: [],
      code: { files: [], left_out: [] },
      workspace: '/bench',
      accept: false,
      rehearsal: null,
      agents: team.map(([agent_id, role]) => ({ agent_id, role })),
      tasks: team.map(([agent, role], step) =>
        Task.parse({
          task_id: agent,
          description: `Write as ${role}`,
          context: { step: step + 1, agent_role: role, task_type: 'implementation' },
          created_at: at(0),
        }),
      ),
    } as NewRunEvent)
    this.#add({ type: 'run-claimed', pid: 1, model: 'bench', window: 32_768 })
    for (const [agent] of team) {
      this.#add({ type: 'task-started', task: agent, agent })
      this.nextCall(agent)
    }
    for (const [index, path] of paths.entries()) {
      const [agent, role] = team[index % team.length]!
      const text = linesOf(path, 'draft')
      const draft = {
        ...{ path, hash: hashOf(text), bytes: text.length, language: null },
        ...{ complete: true, elided: false, note: null },
      }
      this.#add({
        type: 'file-drafted',
        task: agent,
        role,
        draft: { ...draft, how: 'plan', call: `${agent}.1`, line: 1 },
      })
    }
  }

  /** The ids of the agents. */
  get agents(): string[] {
    return team.map(([agent]) => agent)
  }

  /** Ends an agent's answer and begins its next one, as a step of many files does. */
  nextCall(agent: string): void {
    const before = this.#callOf(agent)
    const said = this.#answers.get(before)
    if (said) {
      this.#answers.delete(before)
      const usage = { prompt: 4000, completion: said.tokens, cached: 0 }
      const ended = {
        bytes: said.text.length,
        hash: hashOf(before),
        finish: 'stop',
        usage,
        ms: 40_000,
      } as const
      this.#add({ type: 'answer-ended', task: agent, call: before, ...ended, first_token_ms: 100 })
    }
    this.#calls.set(agent, (this.#calls.get(agent) ?? 0) + 1)
    const call = this.#callOf(agent)
    this.#answers.set(call, { text: '', tokens: 0 })
    this.#add({ type: 'call-queued', task: agent, call, part: `file src/${call}.py` })
    this.#add({
      type: 'call-started',
      task: agent,
      call,
      purpose: 'first',
      reason: null,
      prompt: hashOf('prompt'),
      prompt_tokens: 4000,
      counted_by: 'server',
      max_tokens: 8192,
      prefilled: false,
    })
  }

  /** Tells of so many more tokens, of four characters, of an agent's answer. */
  stream(agent: string, tokens: number): void {
    const call = this.#callOf(agent)
    const answer = this.#answers.get(call)!
    const text = textAt(answer.text.length, tokens * 4)
    const delta: TextDelta = {
      ...{ run: id, task: agent, call, offset: answer.text.length, text },
      ...{ tokens: answer.tokens + tokens, tokens_per_second: null },
    }
    answer.text += text
    answer.tokens += tokens
    this.#tell('delta', delta)
  }

  listen(listener: (name: string, payload: unknown) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async call(name: string, input: unknown): Promise<Reply> {
    const given = (input ?? {}) as {
      after?: number
      call?: string
      offset?: number
      hash?: string
      path?: string
    }
    const output = this.#output(name, given)
    return output === undefined
      ? { ok: false, error: { code: 'unavailable', message: `The bench does not answer ${name}.` } }
      : { ok: true, output }
  }

  #output(name: string, { after = 0, call = '', offset = 0, hash = '', path = '' }: Given): unknown {
    switch (name) {
      case 'host.info': {
        const can = { pick_folder: false, reveal: false, menu: false }
        return {
          kind: 'browser',
          platform: 'linux',
          version: '0',
          can,
          home: '/',
          rehearsal_workspace: '/bench',
        }
      }
      case 'run.list': {
        return [summary]
      }
      case 'run.events':
        return this.#events.filter(({ seq }) => seq > after)
      case 'run.answer':
        return this.#answers.get(call)?.text.slice(offset) ?? ''
      case 'run.changes':
        return paths.map(changeOf)
      case 'run.content':
        return this.#contents.get(hash)
      case 'run.disk': {
        const text = diskOf(path)
        return text === null ? null : { text, hash: hashOf(text) }
      }
      default:
        return undefined
    }
  }

  #callOf = (agent: string) => `${agent}.${this.#calls.get(agent) ?? 0}`

  #add(event: NewRunEvent): void {
    const seq = this.#events.length + 1
    const stored = { ...event, seq, run: id, at: at(seq) } as RunEvent
    this.#events.push(stored)
    this.#tell('run', stored)
  }

  #tell(name: string, payload: unknown): void {
    for (const listener of this.#listeners) listener(name, payload)
  }
}

const summary = {
  ...{ id, title: 'Bench', workflow: 'bench', workspace: '/bench', rehearsal: null },
  ...{ created_at: at(0), ended_at: null, status: 'running' as const },
  ...{ steps: team.length, steps_done: 0, files: fileCount, reason: null, gates: [] },
} satisfies RunSummary

type Given = { after?: number; call?: string; offset?: number; hash?: string; path?: string }

const diskOf = (path: string) =>
  paths.indexOf(path) % 2 === 0 ? linesOf(path, 'draft').replaceAll(/draft_\d*5/g, 'disk') : null

function changeOf(path: string): Change {
  const disk = diskOf(path)
  const agent = team[paths.indexOf(path) % team.length]![0]
  return {
    ...{ path, task: agent, agent, hash: hashOf(linesOf(path, 'draft')), disk: disk && hashOf(disk) },
    ...{
      state: disk === null ? 'new' : 'changed',
      decision: null,
      written: false,
      held: null,
      control: null,
      refused: null,
    },
  }
}

/** Code without an end, in lines of about sixty characters. */
const page = Array.from(
  { length: 500 },
  (_, n) => `    total_${n} = count(blocks[${n}], "words", rounded=True)  # ${n}`,
).join('\n')

function textAt(offset: number, length: number): string {
  const start = offset % page.length
  return (page.slice(start) + page.repeat(Math.ceil(length / page.length))).slice(0, length)
}
