import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RunEvent } from '../../../shared/run-event.ts'
import { Settings } from '../../../shared/settings.ts'
import { openCore } from '../core.ts'
import { AgentOrchestrator } from '../orchestrator.ts'
import type { WorkflowResult } from '../outputs/workflow-result.ts'
import { loadRehearsal } from '../rehearsal/rehearsal.ts'
import { startScriptedEndpoint } from '../rehearsal/scripted-endpoint.ts'
import { WorkflowEngine } from '../workflow-engine.ts'

const rehearsal = loadRehearsal(join(import.meta.dirname, '../../../resources/rehearsal/feature_development'))
const temporary = mkdtempSync(join(tmpdir(), 'paddock-prompts-'))
afterAll(() => rmSync(temporary, { recursive: true }))

/** A prompt as the server got it. */
type Received = { task: string; file: string | null; system: string; user: string }
type Played = { received: Received[]; result: WorkflowResult; events: RunEvent[] }

/** Plays the rehearsed run to its end on an endpoint that keeps every prompt. */
async function play(name: string, window: number): Promise<Played> {
  const received: Received[] = []
  const endpoint = await startScriptedEndpoint({
    window,
    answer: (messages) => {
      const user = messages.at(-1)!.content
      const closing = user.slice(user.lastIndexOf('\n# Your task: ') + 14)
      const task = closing.split('\n', 1)[0]!
      const file = /^The file to write: `(.+)`$/m.exec(closing)?.[1] ?? null
      received.push({ task, file, system: messages[0]!.content, user })
      return { text: rehearsal.script.find((one) => one.task === task && one.file === file)!.text }
    },
  })
  const workspace = join(temporary, name)
  mkdirSync(workspace)
  const settings = Settings.parse({ openai_api_base: endpoint.url })
  const core = openCore(settings, { dataFolder: join(temporary, `${name}-data`) })
  try {
    const engine = new WorkflowEngine(new AgentOrchestrator(workspace, settings, core))
    const result = await engine.executeWorkflow('feature_development', { documents: [rehearsal.document] })
    return { received, result, events: core.ledger.read(result.workflow_id) }
  } finally {
    core.ledger.close()
    await endpoint.stop()
  }
}

let whole: Played
beforeAll(async () => {
  whole = await play('whole', 65_536)
})
const promptsFor = (task: string) => whole.received.filter((one) => one.task === task)

describe('what earlier steps have made is in the prompts of later ones, as the server got them (S31, S68-S79)', () => {
  test('the run is whole, with one prompt for each recorded answer', () => {
    expect(whole.result.status).toBe('completed')
    expect(whole.received).toHaveLength(rehearsal.script.length)
    expect(whole.events.filter(({ type }) => type === 'context-trimmed')).toEqual([])
  })

  test('every prompt holds the document', () => {
    const document = new TextDecoder().decode(rehearsal.document.bytes).trim()
    expect(whole.received.filter(({ user }) => !user.includes(document))).toEqual([])
  })

  const analysis = 'business_analyst / requirements_analysis'
  const design = 'developer / architecture_design'
  const code = 'developer / implementation'
  const testing = 'qa_engineer / testing'
  const deployment = 'devops_engineer / deployment'
  const documentation = 'technical_writer / documentation'

  const story = 'As a writer, I want links to headings to be checked as well'
  const criterion = 'Skipped text does not shift the line numbers of later links.'
  const assumption = 'An empty fragment and `#top` always work, as in browsers.'
  const decision =
    'Each part of a target is compared with the listing of its folder instead of asking whether the path exists.'
  const planned = '- `linkcheck/report.py`: Turns a Result into text'

  test.each<[edge: string, task: string, what: string, text: string]>([
    ['1 -> 2', design, 'a story of the analysis', story],
    ['1 -> 2', design, 'a criterion of the analysis', criterion],
    ['1 -> 2', design, 'an assumption of the analysis', assumption],
    ['2 -> 3', code, 'a decision of the design', decision],
    ['2 -> 3', code, 'the list of files', planned],
    ['1 -> 3 through 2', code, 'a criterion of the analysis', criterion],
    ['3 -> 4', testing, 'code that was written', 'def slugify(heading: str) -> str:'],
    [
      '3 -> 4',
      testing,
      'the command line that was written',
      'def main(argv: Optional[Sequence[str]] = None) -> int:',
    ],
    ['1 -> 4 through 3', testing, 'a criterion of the analysis', criterion],
    ['2 -> 4 through 3', testing, 'a decision of the design', decision],
    ['3 -> 5', deployment, 'code that was written', 'from linkcheck.cli import main'],
    [
      '3 -> 5',
      deployment,
      'the command line that was written',
      'def main(argv: Optional[Sequence[str]] = None) -> int:',
    ],
    ['3 -> 6', documentation, 'code that was written', 'def render_json(result: Result) -> str:'],
    ['4 -> 6', documentation, 'a test that was written', 'class CommandLineTest(FolderTestCase):'],
    ['5 -> 6', documentation, 'the image that was written', 'FROM python:3.13-slim'],
    ['5 -> 6', documentation, 'the checks that were written', 'run: python -m unittest -v'],
  ])('%s: every prompt of %s holds %s', (_, task, _what, text) => {
    const prompts = promptsFor(task)
    expect(prompts.length).toBeGreaterThan(0)
    expect(prompts.filter(({ user }) => !user.includes(text))).toEqual([])
    // Nothing of it was known before: it is passed on, not a part of the document or of our own texts.
    expect(promptsFor(analysis).filter(({ user }) => user.includes(text))).toEqual([])
  })

  test('a file is told the files of its own step that it needs, and no others (S92)', () => {
    const check = promptsFor(code).find(({ file }) => file === 'linkcheck/check.py')!
    expect(check.user).toContain('# File: linkcheck/markdown.py\n')
    expect(check.user).not.toContain('# File: linkcheck/__init__.py\n')
  })
})

describe('one prompt extends another, so that the cache of the server serves it (S31, S92)', () => {
  test('the first message is the same for all roles, and says nothing of any', () => {
    expect(new Set(whole.received.map(({ system }) => system)).size).toBe(1)
  })

  test('each prompt ends with the words of its role', () => {
    const ends = new Map(
      whole.received.map(({ task, user }) => [task.split(' / ')[0], user.split('\n').at(-1)]),
    )
    expect([...ends].map(([role, end]) => `${role}: ${end!.slice(0, 30)}`)).toEqual([
      'business_analyst: You are the business analyst. ',
      'developer: You are the developer. Where y',
      'qa_engineer: You are the QA engineer. You l',
      'devops_engineer: You are the DevOps engineer. W',
      'technical_writer: You are the technical writer. ',
    ])
  })

  test('within a task the common beginning holds document, decisions and the files of earlier steps', () => {
    const tasks = [...new Set(whole.received.map(({ task }) => task))]
    const shares = tasks.flatMap((task) => {
      const prompts = promptsFor(task).map(({ user }) => user)
      return prompts.slice(1).map((prompt, index) => {
        const common = commonLength(prompts[index]!, prompt)
        const shared =
          prompt.indexOf('# File: ') === -1 ? prompt.indexOf('# Your task: ') : prompt.indexOf('# File: ')
        expect(common).toBeGreaterThanOrEqual(shared)
        return common / prompt.length
      })
    })
    expect(shares.length).toBeGreaterThanOrEqual(8)
    expect(Math.min(...shares)).toBeGreaterThan(0.5)
  })

  test('from one step to the next the common beginning holds all that the earlier one was told', () => {
    const order = [
      'business_analyst / requirements_analysis',
      'developer / architecture_design',
      'developer / implementation',
      'qa_engineer / testing',
    ]
    for (const [index, task] of order.slice(1).entries()) {
      const before = promptsFor(order[index]!)[0]!.user
      // What is said to one agent alone is shared with no other, and comes last.
      const told = before.slice(0, before.search(/^# (?:Message to you from|Your task: )/m))
      expect([task, promptsFor(task)[0]!.user.startsWith(told)]).toEqual([task, true])
    }
  })
})

describe('in a small window', () => {
  test('what does not fit is left out with a note in its place, and told as an event with figures (S92)', async () => {
    const { received, result, events } = await play('small', 12_000)
    expect(result.status).toBe('completed')
    const trimmed = events.filter((event) => event.type === 'context-trimmed')
    expect(trimmed.length).toBeGreaterThan(0)
    for (const { task, part, budget, items } of trimmed) {
      expect(budget).toBe(9000)
      expect(items.length).toBeGreaterThan(0)
      const { task_type } = result.steps.find(({ task_id }) => task_id === task)!
      const prompt = received.find(
        ({ task: name, file }) => name.endsWith(` / ${task_type}`) && part === `file ${file}`,
      )!
      for (const { what, tokens, kept } of items) {
        expect(tokens).toBeGreaterThan(kept)
        expect(prompt.user).toContain(`[${what}: `)
      }
    }
    expect(result.left_out).toEqual(
      trimmed.map(({ task, part, budget, items }) => ({ task_id: task, part, budget, items })),
    )
    const started = events.filter((event) => event.type === 'call-started')
    expect(started.filter(({ prompt_tokens }) => prompt_tokens > 9000)).toEqual([])
    const document = new TextDecoder().decode(rehearsal.document.bytes).trim()
    expect(received.filter(({ user }) => !user.includes(document))).toEqual([])
  })
})

function commonLength(one: string, other: string): number {
  let length = 0
  while (length < one.length && one[length] === other[length]) length++
  return length
}
