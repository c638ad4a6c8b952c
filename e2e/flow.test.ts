import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openLedger } from '../electron/core/store/sqlite.ts'
import { applyEvent, emptyRun } from '../shared/run.ts'
import { acceptedPaths, runAccepted, summaryPath, type AcceptedRun } from './fixtures/accepted-run.ts'
import { runCli } from './fixtures/cli.ts'
import { document, scriptedFiles } from './fixtures/scripted.ts'

describe('the flow of the specification, step by step', { timeout: 60_000 }, () => {
  let run: AcceptedRun
  beforeAll(async () => {
    run = await runAccepted()
  })
  afterAll(() => run.stop())

  const created = () => run.all('run-created')[0]!
  const folded = () => run.done.events.reduce(applyEvent, emptyRun)
  const prompts = (key: string) =>
    run.model.chats
      .filter((_, index) => run.model.asked[index]?.key === key)
      .map(({ body }) => (body as { messages: { content: string }[] }).messages.at(-1)?.content ?? '')

  test('1: a requirement is submitted (S68)', async () => {
    const [given] = created().documents
    expect(given?.bytes).toBe((await readFile(document)).length)
  })

  test('2: the workflow comes from its template (S69)', () => {
    const { workflow, tasks } = created()
    expect(workflow.id).toBe('feature_development')
    expect(workflow.steps.map(({ task_type, depends_on }) => [task_type, depends_on])).toEqual([
      ['requirements_analysis', []],
      ['architecture_design', [1]],
      ['implementation', [2]],
      ['testing', [3]],
      ['deployment', [3]],
      ['documentation', [3, 4, 5]],
    ])
    expect(tasks).toHaveLength(workflow.steps.length)
  })

  test('3: an orchestrator takes it, with its five agents (S70)', () => {
    const { agents } = created()
    expect(agents.map(({ agent_id }) => agent_id)).toEqual([
      'ba_001',
      'dev_001',
      'qa_001',
      'devops_001',
      'writer_001',
    ])
    expect(run.all('run-claimed')).toHaveLength(1)
  })

  test('4a: a step starts only when what it depends on is done (S71)', () => {
    const { tasks } = created()
    for (const { task, seq } of run.all('task-started'))
      for (const need of tasks.find(({ task_id }) => task_id === task)!.dependencies)
        expect(run.all('task-completed').find((done) => done.task === need)!.seq).toBeLessThan(seq)
  })

  test('4b: each step is a task with its context (S72)', () => {
    expect(created().tasks.map(({ task_id, context }) => [task_id, context.agent_role])).toEqual([
      ['task_1', 'business_analyst'],
      ['task_2', 'developer'],
      ['task_3', 'developer'],
      ['task_4', 'qa_engineer'],
      ['task_5', 'devops_engineer'],
      ['task_6', 'technical_writer'],
    ])
  })

  test('4c: each task goes to an agent of its role (S73)', () => {
    const pairs = run.all('task-started').map(({ task, agent }) => [task, agent])
    expect(Object.fromEntries(pairs)).toEqual({
      task_1: 'ba_001',
      task_2: 'dev_001',
      task_3: 'dev_001',
      task_4: 'qa_001',
      task_5: 'devops_001',
      task_6: 'writer_001',
    })
  })

  test('4d: agents call the local server (S74)', () => {
    expect(run.all('call-started')).toHaveLength(run.model.chats.length)
    expect(run.model.chats.every(({ path }) => path === '/v1/chat/completions')).toBe(true)
    const { window } = run.all('run-claimed')[0]!
    for (const { counted_by, prompt_tokens, max_tokens } of run.all('call-started'))
      // Only a prompt that fits whatever the tokenizer is not counted.
      if (counted_by === 'estimate') expect(prompt_tokens * 3).toBeLessThan(window! - max_tokens)
  })

  test('4e: answers are parsed (S75)', () => {
    expect(run.all('plan-made')[0]!).toMatchObject({ how: 'schema', refused: [] })
    expect(run.all('plan-made')[0]!.files.map(({ path }) => path)).toEqual([...scriptedFiles.keys()])
    const drafted = run.all('file-drafted').map(({ draft }) => draft)
    expect(drafted.every(({ complete, line }) => complete && line > 0)).toBe(true)
  })

  test('4f: files are written (S76)', () => {
    expect(
      run
        .all('file-written')
        .map(({ path }) => path)
        .sort(),
    ).toEqual(acceptedPaths)
  })

  test('4g: each result is stored (S77)', () => {
    const ledger = openLedger(run.home.data)
    try {
      expect(ledger.read(run.result.workflow_id)).toEqual(run.done.events)
      for (const { task } of Object.values(folded().tasks)) expect(task.result?.summary).toBeTruthy()
      for (const { draft } of run.all('file-drafted')) expect(ledger.blob(draft.hash)).not.toBeNull()
    } finally {
      ledger.close()
    }
  })

  test('4h: later steps are told what earlier ones decided and wrote (S78, S31)', () => {
    const [design] = prompts('architecture_design')
    expect(design).toContain('# Decided: requirements analysis (business analyst)')
    expect(design).toContain('265 words of plain text at the default rate take 60 seconds.')
    const [code] = prompts('implementation readtime/estimate.py')
    expect(code).toContain('estimate.py exports `estimate(content, format=')
    expect(code).toContain(scriptedFiles.get('readtime/content.py')!.trimEnd())
    for (const key of ['testing tests/test_readtime.py', 'deployment Dockerfile'])
      expect(prompts(key)[0]).toContain(scriptedFiles.get('readtime/estimate.py')!.trimEnd())
    const [readme] = prompts('documentation README.md')
    for (const path of ['readtime/__init__.py', 'tests/test_readtime.py', 'Dockerfile'])
      expect(readme).toContain(scriptedFiles.get(path)!.trimEnd())
  })

  test('5 to 7: results are saved and a summary is shown (S79, S14)', async () => {
    const names = await readdir(join(run.home.workspace, 'output'))
    const { workflow_id: id } = run.result
    expect(names.sort()).toEqual(['generated', `workflow_${id}.json`, `workflow_summary_${id}.md`].sort())
    const { stdout, code } = await runCli(run.home, ['show'])
    expect(code).toBe(0)
    expect(stdout).toContain(`Run ${id}: completed. No generated code was run`)
    expect(stdout).toContain(summaryPath(run.result))
  })

  test('the call chain of one file: task, agent, prompt, call, answer, draft, result (S80)', () => {
    const queued = run.all('call-queued').find(({ part }) => part === 'file examples/demo.py')!
    const { task, call } = queued
    const drafted = run.all('file-drafted').find(({ draft }) => draft.path === 'examples/demo.py')!
    const chain = [
      run.all('task-started').find((event) => event.task === task)!,
      queued,
      run.all('call-started').find((event) => event.call === call)!,
      run.all('answer-ended').find((event) => event.call === call)!,
      drafted,
      run.all('task-completed').find((event) => event.task === task)!,
    ]
    expect(drafted.draft.call).toBe(call)
    expect(chain.map(({ seq }) => seq)).toEqual(chain.map(({ seq }) => seq).sort((a, b) => a - b))
    expect(folded().tasks[task]?.task.result?.files).toContain('examples/demo.py')
  })
})
