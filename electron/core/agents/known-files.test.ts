import { describe, expect, test } from 'vitest'
import {
  completed,
  created,
  drafted,
  fold,
  hashOf,
  type TaskSketch,
} from '../../../shared/history.fixture.ts'
import type { PlannedFile } from '../../../shared/change.ts'
import type { NewRunEvent } from '../../../shared/run-event.ts'
import type { Run } from '../../../shared/run.ts'
import { contentNow, knownFiles, madeAbove, plannedAbove, planFormFor, saidOf } from './known-files.ts'
import { taskForms, type PlanForm } from './task-forms.ts'

const read = (hash: string) => `content ${Number.parseInt(hash, 16)}`
const codeFile = (path: string, number: number) => ({
  path,
  hash: hashOf(number),
  bytes: 1,
  tokens: 1,
  why: 'named',
})
const withCode = (run: Run): Run => ({
  ...run,
  code: {
    files: [codeFile('old.py', 91), codeFile('shared.py', 92)],
    left_out: [
      { path: 'big.py', reason: 'too long' },
      { path: 'made.py', reason: 'too long' },
    ],
  },
})
const sketch: Record<string, TaskSketch> = {
  design: { type: 'architecture_design' },
  code: { needs: ['design'] },
  review: { type: 'code_review', needs: ['code'] },
  revision: { type: 'revision', needs: ['code', 'review'] },
  tests: { role: 'qa_engineer', type: 'testing', needs: ['revision'] },
  other: { role: 'devops_engineer', type: 'deployment', needs: ['code'] },
}
const runOf = (...events: NewRunEvent[]) => withCode(fold(created(sketch), ...events))
const made = [
  drafted('design', 'docs/architecture.md', 1),
  completed('design', hashOf(1), ['docs/architecture.md']),
  drafted('code', 'made.py', 2),
  drafted('code', 'shared.py', 3),
  drafted('code', 'cut.py', 4, { complete: false }),
  completed('code'),
  drafted('revision', 'made.py', 5, { call: 'revision.2' }),
  completed('revision'),
  drafted('other', 'Dockerfile', 6),
]

describe('the files that there are for a task', () => {
  test('those of the steps before it, whole ones, without the documents that its decisions stand in', () => {
    expect(madeAbove(runOf(...made), 'tests')).toEqual(['made.py', 'shared.py'])
    expect(madeAbove(runOf(...made), 'design')).toEqual([])
  })

  test('with those of the workspace, and apart those that nobody was shown', () => {
    expect(knownFiles(runOf(...made), 'tests')).toEqual({
      paths: ['old.py', 'shared.py', 'made.py'],
      hidden: ['big.py'],
    })
  })

  test.each<[string, string, string | null]>([
    ['tests', 'made.py', 'content 5'],
    ['revision', 'made.py', 'content 2'],
    ['code', 'made.py', null],
    ['tests', 'shared.py', 'content 3'],
    ['code', 'shared.py', 'content 92'],
    ['tests', 'old.py', 'content 91'],
    ['tests', 'cut.py', null],
    ['tests', 'Dockerfile', null],
    ['tests', 'constructor', null],
  ])('before %s, %s was %j', (task, path, content) => {
    expect(contentNow(runOf(...made), task, path, read)).toBe(content)
  })

  test('of a file that a person rejected the one before counts', () => {
    const run = runOf(...made, {
      type: 'file-decided',
      path: 'shared.py',
      decision: 'rejected',
      hash: hashOf(3),
    })
    expect(contentNow(run, 'tests', 'shared.py', read)).toBe('content 92')
    expect(madeAbove(run, 'tests')).toEqual(['made.py'])
  })
})

test('what is said of a file: its purpose, the decisions, and code of its kind', () => {
  const file = { path: 'tests/test_a.py', purpose: 'Tests it all.' }
  expect(saidOf(runOf(...made), 'tests', file, read)).toEqual([
    'Tests it all.',
    'content 1',
    'content 91\ncontent 92',
  ])
})

const planned = (task: string, ...files: [path: string, kind: PlannedFile['kind']][]): NewRunEvent => ({
  type: 'plan-made',
  task,
  how: 'schema',
  files: files.map(([path, kind]) => ({ path, kind, purpose: 'For it.', needs: [] })),
  refused: [],
})

describe('what was planned for a task', () => {
  const pathsFor = (run: Run, task: string, kind: PlannedFile['kind']) =>
    plannedAbove(run, task, kind)?.map(({ path }) => path) ?? null

  test('the files of its kind', () => {
    const run = runOf(planned('design', ['a.py', 'implementation'], ['tests/test_a.py', 'testing']))
    expect(pathsFor(run, 'tests', 'testing')).toEqual(['tests/test_a.py'])
    expect(pathsFor(run, 'code', 'implementation')).toEqual(['a.py'])
  })

  test('none of a kind that was planned for is another thing than no plan', () => {
    expect(pathsFor(runOf(planned('design')), 'other', 'deployment')).toEqual([])
    expect(pathsFor(runOf(), 'other', 'deployment')).toBeNull()
  })

  test('what a step plans of its own work is no plan for others', () => {
    expect(
      pathsFor(runOf(planned('revision', ['a.py', 'implementation'])), 'tests', 'implementation'),
    ).toBeNull()
  })

  test('a plan is for the kinds of its form alone', () => {
    const run = fold(
      created({
        plan: { role: 'qa_engineer', type: 'test_planning' },
        code: { needs: ['plan'] },
        tests: { role: 'qa_engineer', type: 'test_creation', needs: ['plan'] },
      }),
      planned('plan', ['tests/test_a.py', 'testing']),
    )
    expect(pathsFor(run, 'code', 'implementation')).toBeNull()
    expect(pathsFor(run, 'tests', 'testing')).toEqual(['tests/test_a.py'])
  })

  test('of two plans with the same path the file is written once', () => {
    const run = fold(
      created({
        one: { type: 'architecture_design' },
        two: { type: 'architecture_design', needs: ['one'] },
        code: { needs: ['two'] },
      }),
      planned('one', ['a.py', 'implementation'], ['b.py', 'implementation']),
      planned('two', ['a.py', 'implementation']),
    )
    expect(pathsFor(run, 'code', 'implementation')!.toSorted()).toEqual(['a.py', 'b.py'])
  })
})

describe('the kinds of files that a plan asks for are those that later steps write', () => {
  const form = taskForms.get('developer/architecture_design') as PlanForm
  const kindsFor = (tasks: Record<string, TaskSketch>) =>
    Object.keys(
      planFormFor(fold(created({ design: { type: 'architecture_design' }, ...tasks })), 'design', form).kinds,
    )

  test.each<[string, Record<string, TaskSketch>, string[]]>([
    [
      'code and tests',
      { code: { needs: ['design'] }, tests: { type: 'testing', needs: ['code'] } },
      ['implementation', 'testing'],
    ],
    ['code alone', { code: { needs: ['design'] }, docs: { type: 'documentation' } }, ['implementation']],
    [
      'no files',
      { words: { type: 'technical_feasibility', needs: ['design'] } },
      ['implementation', 'testing', 'deployment', 'documentation'],
    ],
  ])('%s', (_, tasks, kinds) => expect(kindsFor(tasks)).toEqual(kinds))
})
