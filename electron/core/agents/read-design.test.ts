import { describe, expect, test } from 'vitest'
import { designSchema } from './design.ts'
import { lackOfDesign, readDesign } from './read-design.ts'
import { taskForms, type PlanForm } from './task-forms.ts'

const formFor = (name: string) => taskForms.get(name) as PlanForm
const testPlan = formFor('qa_engineer/test_planning')
const infrastructure = formFor('devops_engineer/design')
const file = (path: string) => ({ path, purpose: 'Says what it is.', needs: [] })
const defect = {
  title: 'Empty input',
  file: 'gcd.py',
  quote: 'return gcd(a % b, b)',
  severity: 'major',
  steps: ['Call gcd(0, 0).'],
  expected: '0',
  actual: 'An endless loop.',
  cause: 'The remainder stands first.',
  suggestion: 'Swap them.',
}
const designOf = (files: object, more: object = {}) =>
  JSON.stringify({
    overview: 'One part.',
    decisions: [{ decision: 'pytest', reason: 'It is there' }],
    files,
    ...more,
  })

describe('a plan of tests', () => {
  const answer = designOf(
    { testing: [file('tests/test_gcd.py')], deployment: [file('Dockerfile')] },
    { defects: [defect] },
  )

  test('lists the files of its own kinds and no others', () => {
    const { plan, how, summary } = readDesign(answer, testPlan, ['gcd.py'])
    expect(plan).toEqual({ files: [{ ...file('tests/test_gcd.py'), kind: 'testing' }], refused: [] })
    expect([how, summary]).toEqual(['schema', 'A plan of 1 file. 1 suspected defect.'])
  })

  test('tells of suspected defects, which nobody has seen happen (S52)', () => {
    const { text, defects } = readDesign(
      answer,
      testPlan,
      ['gcd.py'],
      () => 'if b:\n  return gcd(a % b, b)\n',
    )
    expect(defects).toEqual({
      summary: 'Found by reading the code: nothing was run.',
      findings: [{ ...defect, lines: [2], problem: '' }],
    })
    expect(text).toContain('# Test plan\n')
    expect(text).toContain(
      '# Suspected defects\n\nFound by reading the code: nothing was run.\n\n## 1. Empty input\n\n- File: `gcd.py`, line 2\n',
    )
  })
})

test('defects that nobody asked for are left out', () => {
  const answer = designOf({ deployment: [file('Dockerfile')] }, { defects: [defect] })
  const { text, defects } = readDesign(answer, infrastructure, [])
  expect(defects).toMatchObject({ findings: [] })
  expect(text).not.toContain('Empty input')
})

describe('the group that there has to be', () => {
  test.each<[string, PlanForm, object, boolean]>([
    ['is there', infrastructure, { deployment: [file('Dockerfile')] }, true],
    ['is empty', infrastructure, { deployment: [], testing: [file('tests/test_a.py')] }, false],
    ['has only a bad path', infrastructure, { deployment: [file('../Dockerfile')] }, false],
    ['is missing', testPlan, {}, false],
  ])('%s', (_, form, files, isEnough) => {
    const lack = lackOfDesign(designOf(files), form)
    expect(lack === null).toBe(isEnough)
    if (!isEnough) expect(lack).toContain(`no usable file of the group ${Object.keys(form.kinds)[0]}`)
  })
})

test('free text gives its files to the kinds of the plan', () => {
  const words = '# Documents\n\n- `README.md`: What it is.\n- `docs/openapi.yaml`: The calls.\n'
  const { plan, how } = readDesign(words, formFor('business_analyst/documentation_requirements'), [])
  expect(how).toBe('text')
  expect(plan.files.map(({ path, kind }) => [path, kind])).toEqual([
    ['README.md', 'documentation'],
    ['docs/openapi.yaml', 'documentation'],
  ])
})

test.each<[string, Record<string, readonly [number, number]>]>([
  [
    'developer/architecture_design',
    { implementation: [2, 20], testing: [1, 12], deployment: [0, 6], documentation: [0, 6] },
  ],
  ['devops_engineer/design', { deployment: [1, 12], testing: [1, 4], documentation: [1, 4] }],
  ['business_analyst/documentation_requirements', { documentation: [1, 8] }],
  ['qa_engineer/test_planning', { testing: [1, 12] }],
])('a server can hold %s to its numbers of files', (name, kinds) => {
  const schema = designSchema(formFor(name))
  const filesOf = (count: (limits: readonly [number, number]) => number) =>
    Object.fromEntries(
      Object.entries(kinds).map(([kind, limits]) => [
        kind,
        Array.from({ length: count(limits) }, (_, index) => file(`a${index}.md`)),
      ]),
    )
  const allows = (files: object) =>
    schema.safeParse(JSON.parse(designOf(files, name.includes('test_') ? { defects: [] } : {}))).success
  expect(allows(filesOf(([least]) => least))).toBe(true)
  expect(allows(filesOf(([, most]) => most))).toBe(true)
  expect(allows(filesOf(([, most]) => most + 1))).toBe(false)
  expect(allows(filesOf(([least]) => Math.max(0, least - 1)))).toBe(false)
})
