import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { readWorkflowFile } from './workflow-file.ts'

const roles = new Set(['developer', 'qa_engineer'])
const read = (text: string, name = 'mine.yaml') => readWorkflowFile(text, name, roles)
const told = (text: string, name?: string) =>
  read(text, name).problems.map(
    ({ line, column, message, hint }) => `${line}:${column} ${message}${hint ? ` [${hint}]` : ''}`,
  )
type Step = Record<string, unknown>
const stepOf = (step: number, depends_on: unknown = [], more: Step = {}): Step => ({
  step,
  agent_role: 'developer',
  task_type: 'work',
  description: 'Work',
  depends_on,
  ...more,
})
const workflowOf = (steps: unknown, more: Step = {}) =>
  stringify(
    { id: 'mine', name: 'Mine', description: 'My own', steps, ...more },
    { aliasDuplicateObjects: false },
  )
const many = (count: number, needs: (step: number) => number[]) =>
  Array.from({ length: count }, (_, index) => stepOf(index + 1, needs(index + 1)))

describe('graphs at their bounds (B1: 20 cases; S12, S29, S30)', () => {
  test.each<[string, unknown]>([
    ['1 step', [stepOf(1)]],
    ['a chain', [stepOf(1), stepOf(2, [1])]],
    ['a diamond', [stepOf(1), stepOf(2, [1]), stepOf(3, [1]), stepOf(4, [2, 3])]],
    ['numbers with gaps, listed backwards', [stepOf(900, [7]), stepOf(7)]],
    ['two parts without a link', [stepOf(1), stepOf(2)]],
    ['the same dependency twice', [stepOf(1), stepOf(2, [1, 1])]],
    ['500 side by side', many(500, () => [])],
    ['500 in a row', many(500, (step) => (step === 1 ? [] : [step - 1]))],
    [
      '499 into one',
      [
        ...many(499, () => []),
        stepOf(
          500,
          Array.from({ length: 499 }, (_, i) => i + 1),
        ),
      ],
    ],
    ['no dependencies said at all', [stepOf(1, undefined)]],
  ])('%s can run', (_, steps) => {
    const { workflow, problems } = read(workflowOf(steps))
    expect(problems).toEqual([])
    expect(workflow?.steps).toHaveLength((steps as unknown[]).length)
  })

  const header = 'id: mine\nname: Mine\ndescription: My own\n'
  const line = (step: number, needs: string, role = 'developer') =>
    `  - {step: ${step}, agent_role: ${role}, task_type: work, description: Work, depends_on: [${needs}]}\n`
  test.each<[string, string, string[]]>([
    [
      '0 steps',
      `${header}steps: []`,
      ['4:8 "steps" of the workflow has to be a list of at least one step; it is an empty list.'],
    ],
    ['no steps', header, ['1:1 The workflow has no "steps". [It has to be a list of at least one step.]']],
    [
      '501 steps',
      workflowOf(many(501, () => [])),
      ['5:3 There are 501 steps, and at most 500 are possible.'],
    ],
    [
      '1000 steps',
      workflowOf(many(1000, () => [])),
      ['5:3 There are 1000 steps, and at most 500 are possible.'],
    ],
    ['a step that needs itself', `${header}steps:\n${line(1, '1')}`, ['5:87 Step 1 depends on itself.']],
    [
      'a missing step',
      `${header}steps:\n${line(1, '')}${line(2, '1, 9')}`,
      ['6:90 Step 2 depends on step 9, which is not there.'],
    ],
    ['a number twice', `${header}steps:\n${line(1, '')}${line(1, '')}`, ['6:12 Step 1 is there twice.']],
    [
      'a cycle of two',
      `${header}steps:\n${line(1, '2')}${line(2, '1')}`,
      ['5:87 Steps wait for each other: 1 -> 2 -> 1.'],
    ],
    [
      'a cycle behind a good step',
      `${header}steps:\n${line(1, '')}${line(2, '1, 4')}${line(3, '2')}${line(4, '3')}`,
      ['6:90 Steps wait for each other: 2 -> 4 -> 3 -> 2.'],
    ],
    [
      'an unknown role',
      `${header}steps:\n${line(1, '', 'Developer')}`,
      [
        '5:27 Step 1 asks for the role "Developer", which no agent has. Roles: developer, qa_engineer. [Did you mean developer?]',
      ],
    ],
  ])('%s is told at its place', (_, text, problems) => {
    expect(told(text)).toEqual(problems)
    expect(read(text).workflow).toBeNull()
  })

  test('a cycle through 500 steps is named whole', () => {
    const [problem] = told(workflowOf(many(500, (step) => [step === 1 ? 500 : step - 1])))
    expect(problem).toMatch(/Steps wait for each other: 1 -> 500 -> 499 -> .* -> 2 -> 1\.$/)
  })
})

describe('keys and values (S22, S29, S106)', () => {
  const shown = (key: string, value: unknown) => told(workflowOf([stepOf(1)], { [key]: value }))
  const step = (more: Step) => told(workflowOf([stepOf(1, [], more)]))

  test.each<[string, string[], RegExp]>([
    [
      'a misspelled key',
      shown('descripton', 'x'),
      /^\d+:1 "descripton" is no key of a workflow\. \[Did you mean description\?\]$/,
    ],
    [
      'an unknown key',
      shown('author', 'x'),
      /"author" is no key of a workflow\. \[Its keys: id, name, description, .*steps\.\]$/,
    ],
    [
      'a misspelled key of a step',
      step({ dependsOn: [1] }),
      /^\d+:5 "dependsOn" is no key of a step\. \[Did you mean depends_on\?\]$/,
    ],
    [
      'a key that means something to JavaScript',
      told('id: mine\n__proto__: 1\n'),
      /^2:1 "__proto__" is no key/,
    ],
    ['a name that is a number', shown('name', 3), /^2:7 "name" of the workflow has to be a text; it is 3\.$/],
    ['a description that is empty', shown('description', null), /has to be a text; it is empty\.$/],
    ['a truth value in words', shown('reads_workspace', 'yes'), /has to be true or false; it is "yes"\.$/],
    [
      'an id that is no name of a file',
      shown('id', '../mine'),
      /"id" of the workflow has to be lower-case words .*it is "\.\.\/mine"\.$/,
    ],
    [
      'a task type that leads elsewhere',
      step({ task_type: '../x' }),
      /"task_type" of step 1 has to be lower-case/,
    ],
    [
      'one number for a list',
      step({ depends_on: 1 }),
      /has to be a list of step numbers, such as \[1, 2\]; it is 1\.$/,
    ],
    ['a word among the numbers', step({ depends_on: ['a'] }), /such as \[1, 2\]; an entry is "a"\.$/],
    ['step number 0', step({ step: 0 }), /"step" of step 0 has to be a whole number from 1 on; it is 0\.$/],
    [
      'half a step number',
      step({ step: 1.5 }),
      /of entry 1 of "steps" has to be a whole number .*it is 1\.5\.$/,
    ],
    ['a priority in words', step({ priority: 'high' }), /has to be a whole number; it is "high"\.$/],
    [
      'a number that none can count',
      told(workflowOf([]).replace('[]', '[{step: 99999999999999999999}]')),
      /"step" of entry 1/,
    ],
    [
      'a step that is a text',
      told(workflowOf(['work'])),
      /^\d+:\d+ Entry 1 of "steps" has to be a mapping .*it is "work"\. \[Its keys: step,/,
    ],
    [
      'steps that are a text',
      told(workflowOf('work')),
      /"steps" of the workflow has to be a list of at least one step; it is "work"\.$/,
    ],
    [
      'a list instead of a workflow',
      told('- a'),
      /^1:1 The workflow has to be a mapping of keys to values; it is a list\./,
    ],
    ['an empty file', told(''), /^1:1 There is nothing in it\. \[A workflow has id, name,/],
    ['a file of comments', told('# soon\n'), /^\d:1 There is nothing in it\./],
    [
      'a file that is too large',
      told('#'.repeat(300_000)),
      /^1:1 It has 293 KB, and a workflow may have at most 256 KB\./,
    ],
    ['bad YAML', told('id: mine\nname: a: b\n'), /^2:7 A second ": " stands in this line\./],
    ['an alias', told('id: &id mine\nname: *id\n'), /^2:7 \*id stands for a value elsewhere\./],
  ])('%s', (_, problems, expected) => {
    expect(problems.some((problem) => expected.test(problem))).toBe(true)
  })

  test('everything that is wrong is said at once, in the order of the text', () => {
    const steps = [
      stepOf(1, [1], { description: undefined, agent_rol: 'x' }),
      stepOf(2, [], { agent_role: 'poet' }),
    ]
    const problems = told(workflowOf(steps, { name: 7 }))
    expect(problems.map((problem) => problem.replace(/ \[.*/, ''))).toEqual([
      '2:7 "name" of the workflow has to be a text; it is 7.',
      '5:5 Step 1 has no "description".',
      '10:5 "agent_rol" is no key of a step.',
    ])
    const graph = told(workflowOf([stepOf(1, [1]), stepOf(2, [], { agent_role: 'poet' })], { name: 7 }))
    expect(graph.map((problem) => problem.split(' ')[0])).toEqual(['2:7', '10:9', '12:17'])
  })

  test('there is an end to what is told', () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `k${index}: 1`)
    expect(told(lines.join('\n'))).toHaveLength(50)
    expect(told(`steps:\n${'  - a\n'.repeat(40_000)}`)).toHaveLength(50)
  })
})

describe('the name of the file', () => {
  const text = workflowOf([stepOf(1)])
  test.each(['mine.yaml', 'mine.yml', 'mine.json', 'MINE/mine.yaml', 'C:\\mine.yaml', '', '-'])(
    '%j is fine',
    (name) => expect(told(text, name)).toEqual([]),
  )
  test.each(['other.yaml', 'mine', 'mine.yaml.txt'])('%j: told where it is another', (name) => {
    const expected =
      name === 'mine' ? [] : [expect.stringContaining('1:5 The id is "mine", and the file\'s name is')]
    expect(told(text, name)).toEqual(expected)
  })

  test('JSON, a byte order mark and other line ends change nothing (S29)', () => {
    const yaml = read(text).workflow
    expect(yaml).not.toBeNull()
    expect(read(`\ufeff${text.replaceAll('\n', '\r\n')}`).workflow).toEqual(yaml)
    expect(read(JSON.stringify(yaml), 'mine.json').workflow).toEqual(yaml)
    expect(told(`\ufeff${text.replaceAll('\n', '\r\n')}`, 'x.yaml')[0]).toContain('1:5 ')
  })
})
