import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { knownRoles } from './agents/registry.ts'
import { createWorkflow, WorkflowTemplates } from './workflow-templates.ts'

const builtIn = join(import.meta.dirname, '../../resources/workflows')
let home = ''
let user = ''
let workspace = ''
let own = ''
let templates = new WorkflowTemplates(builtIn)

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'paddock-workflows-'))
  user = join(home, 'config/workflows')
  workspace = join(home, 'workspace')
  own = join(workspace, '.paddock/workflows')
  mkdirSync(user, { recursive: true })
  mkdirSync(own, { recursive: true })
  templates = new WorkflowTemplates(builtIn, user)
})
afterEach(() => rmSync(home, { recursive: true }))

const textOf = (id: string, more = '') =>
  `id: ${id}\nname: ${id}\ndescription: My own\nsteps:\n  - {step: 1, agent_role: developer, task_type: work, description: Work${more}}\n`
const put = (folder: string, id: string, text = textOf(id)) => writeFileSync(join(folder, `${id}.yaml`), text)
const origins = () =>
  templates
    .list(workspace)
    .workflows.filter(({ origin }) => origin !== 'built-in')
    .map(({ workflow, origin, file }) => [workflow.id, origin, file])
const problems = () =>
  templates
    .list(workspace)
    .problems.map(({ file, line, column, message }) => [file, `${line}:${column} ${message}`])

describe('where workflows come from (S21, S29, S115)', () => {
  test('what is built in is there, and is sound', () => {
    const { workflows, problems } = templates.list()
    expect(workflows.map(({ workflow }) => workflow.id)).toContain('feature_development')
    expect(workflows.every(({ origin, file }) => origin === 'built-in' && file.startsWith(builtIn))).toBe(
      true,
    )
    expect(problems).toEqual([])
  })

  test("the person's own and those of a workspace come with their files", () => {
    put(user, 'mine')
    put(own, 'ours')
    expect(origins()).toEqual([
      ['mine', 'user', join(user, 'mine.yaml')],
      ['ours', 'workspace', join(own, 'ours.yaml')],
    ])
    expect(templates.get('ours', workspace).name).toBe('ours')
    expect(templates.list().workflows.some(({ workflow }) => workflow.id === 'ours')).toBe(false)
  })

  test('no folder at all is no problem', () => {
    rmSync(join(workspace, '.paddock'), { recursive: true })
    rmSync(user, { recursive: true })
    expect(templates.list(workspace).problems).toEqual([])
    expect(new WorkflowTemplates(builtIn).list(join(home, 'nowhere')).problems).toEqual([])
  })

  test('an unknown one is answered with those that there are, and with the nearest (S29)', () => {
    put(own, 'ours')
    expect(() => templates.get('our', workspace)).toThrow(
      expect.objectContaining({
        code: 'not-found',
        hint: expect.stringMatching(/^Did you mean ours\? Workflows: .*feature_development.*ours/),
      }),
    )
    expect(() => templates.get('__proto__')).toThrow(expect.objectContaining({ code: 'not-found' }))
  })

  test('a role of one’s own can be asked for (S114, S115)', () => {
    put(own, 'verse', textOf('verse').replace('developer', 'poet'))
    expect(problems()).toEqual([
      [join(own, 'verse.yaml'), expect.stringContaining('5:27 Step 1 asks for the role "poet"')],
    ])
    expect(templates.get('verse', workspace, new Set([...knownRoles, 'poet'])).steps[0]?.agent_role).toBe(
      'poet',
    )
  })
})

describe('no file spoils another (S29, S106)', () => {
  test('a broken one is told with its place; the others are there', () => {
    put(own, 'bad', 'id: bad\nname: a: b\n')
    put(own, 'worse', textOf('worse', ', depends_on: [1]'))
    put(own, 'good')
    expect(origins().map(([id]) => id)).toEqual(['good'])
    expect(problems()).toEqual([
      [join(own, 'bad.yaml'), '2:7 A second ": " stands in this line.'],
      [join(own, 'worse.yaml'), expect.stringMatching(/^5:\d+ Step 1 depends on itself\.$/)],
    ])
    expect(() => templates.get('worse', workspace)).toThrow(
      expect.objectContaining({
        code: 'invalid',
        message: expect.stringMatching(/worse\.yaml:5:\d+: Step 1 depends on itself\./),
      }),
    )
  })

  test.each(['user', 'workspace'])('one of the %s never takes the place of a built-in one', (origin) => {
    put(origin === 'user' ? user : own, 'feature_development')
    expect(origins()).toEqual([])
    expect(problems()[0]?.[1]).toBe(
      '1:5 A workflow "feature_development" is built in: no other may take its place.',
    )
    expect(templates.get('feature_development', workspace).steps.length).toBeGreaterThan(1)
  })

  test("a workspace's never takes the place of the person's own, nor one file of another", () => {
    put(user, 'mine')
    put(own, 'mine')
    writeFileSync(join(own, 'twice.yaml'), textOf('twice'))
    writeFileSync(join(own, 'twice.yml'), textOf('twice'))
    expect(origins().map(([id, origin]) => [id, origin])).toEqual([
      ['mine', 'user'],
      ['twice', 'workspace'],
    ])
    expect(problems().map(([file]) => file)).toEqual([join(own, 'mine.yaml'), join(own, 'twice.yml')])
    expect(problems()[0]?.[1]).toContain(join(user, 'mine.yaml'))
  })

  test.each<[string, () => void, RegExp]>([
    [
      'another id than its name',
      () => put(own, 'a', textOf('b')),
      /1:5 The id is "b", and the file's name is "a"/,
    ],
    ['a folder', () => mkdirSync(join(own, 'a.yaml')), /1:1 It is a folder, not a file\./],
    ['a pipe', () => execFileSync('mkfifo', [join(own, 'a.yaml')]), /1:1 It is .*, not a file\./],
    [
      'bytes that are no text',
      () => writeFileSync(join(own, 'a.yaml'), Buffer.from([0xff, 0xfe, 0x69, 0])),
      /1:1 It is not UTF-8 text\./,
    ],
    [
      'a file without an end',
      () => writeFileSync(join(own, 'a.yaml'), '#'.repeat(257 * 1024)),
      /1:1 It has 257 KB/,
    ],
    ['a link to nothing', () => symlinkSync(join(home, 'nothing'), join(own, 'a.yaml')), /1:1 /],
    ['a link round and round', () => symlinkSync(join(own, 'a.yaml'), join(own, 'a.yaml')), /1:1 /],
    ['a link to another folder', () => linkOut(), /1:1 It is a link that leads out of its folder\./],
    ['a name with a line end in it', () => put(own, 'a\n'), /The id is/],
  ])('%s is told, and nothing else is lost', (_, make, expected) => {
    put(own, 'good')
    make()
    expect(origins().map(([id]) => id)).toEqual(['good'])
    expect(problems()).toHaveLength(1)
    expect(problems()[0]?.[1]).toMatch(expected)
  })
  const linkOut = () => {
    put(home, 'secret')
    symlinkSync(join(home, 'secret.yaml'), join(own, 'a.yaml'))
  }

  test('a link inside the folder is followed', () => {
    put(own, 'mine')
    mkdirSync(join(own, 'more'))
    renameSync(join(own, 'mine.yaml'), join(own, 'more/mine.yaml'))
    symlinkSync(join('more', 'mine.yaml'), join(own, 'mine.yaml'))
    expect(origins().map(([id]) => id)).toEqual(['mine'])
  })

  test.each(['.paddock', '.paddock/workflows'])('%s as a link out of the workspace is refused', (way) => {
    rmSync(join(workspace, '.paddock'), { recursive: true })
    put(user, 'theirs')
    const elsewhere = new WorkflowTemplates(builtIn)
    if (way === '.paddock') symlinkSync(join(home, 'config'), join(workspace, way))
    else {
      mkdirSync(join(workspace, '.paddock'))
      symlinkSync(user, join(workspace, way))
    }
    const { workflows, problems } = elsewhere.list(workspace)
    expect(workflows.every(({ origin }) => origin === 'built-in')).toBe(true)
    expect(problems).toEqual([
      expect.objectContaining({ file: own, message: `A link leads out of ${workspace}.` }),
    ])
  })

  test('200 files are read, and it is told that there are more', () => {
    for (let index = 0; index < 201; index++) put(own, `w${String(index).padStart(3, '0')}`)
    expect(origins()).toHaveLength(200)
    expect(problems()).toEqual([[own, '1:1 There are 201 workflow files, and 200 of them are read.']])
  })

  test('large files are read up to 2 MB in all (S106)', () => {
    const filling = `#${'-'.repeat(200 * 1024)}\n`
    writeFileSync(join(own, '0.yaml'), '#'.repeat(3 * 1024 * 1024))
    for (const letter of 'abcdefghijklm') put(own, letter, `${filling}${textOf(letter)}`)
    expect(origins().map(([id]) => id)).toEqual([...'abcdefghij'])
    expect(
      problems()
        .slice(1)
        .map(([, told]) => told),
    ).toEqual(Array(3).fill('1:1 It is not read: the workflow files of this folder have more than 2 MB.'))
  })

  test('a file in the place of the folder is told', () => {
    rmSync(own, { recursive: true })
    writeFileSync(own, '')
    expect(problems()).toEqual([[own, expect.stringMatching(/^1:1 Could not read the folder/)]])
  })
})

describe('files that change', () => {
  test('a new, a changed and a removed file are seen at the next look', () => {
    expect(origins()).toEqual([])
    put(own, 'mine')
    expect(origins().map(([id]) => id)).toEqual(['mine'])
    put(own, 'mine', 'id: mine\n')
    expect(origins()).toEqual([])
    expect(problems().length).toBeGreaterThan(0)
    put(own, 'mine')
    expect(problems()).toEqual([])
    rmSync(join(own, 'mine.yaml'))
    expect(origins()).toEqual([])
  })

  test('one of the same length and time is another file all the same', () => {
    put(own, 'mine', textOf('mine', ', priority: 1'))
    utimesSync(join(own, 'mine.yaml'), 1, 1)
    expect(templates.get('mine', workspace).steps[0]?.priority).toBe(1)
    put(own, 'mine', textOf('mine', ', priority: 2'))
    utimesSync(join(own, 'mine.yaml'), 1, 1)
    expect(templates.get('mine', workspace).steps[0]?.priority).toBe(2)
  })

  test('one that has not changed is not read again', () => {
    put(own, 'mine')
    const first = templates.get('mine', workspace)
    expect(templates.get('mine', workspace)).toBe(first)
    for (let index = 0; index < 40; index++) templates.list(join(home, `other${index}`))
    expect(templates.get('mine', workspace)).toEqual(first)
  })
})

describe('a text that is looked at before it is saved (S29)', () => {
  test('is read as from its place', () => {
    expect(templates.check('mine.yaml', textOf('mine'))).toMatchObject({
      workflow: { id: 'mine' },
      problems: [],
    })
    expect(templates.check('mine.yaml', '').problems).toEqual([
      expect.objectContaining({ file: 'mine.yaml', line: 1, column: 1 }),
    ])
    const taken = templates.check('feature_development.yaml', textOf('feature_development'))
    expect(taken).toMatchObject({ workflow: null, problems: [{ line: 1, column: 5 }] })
  })
})

describe('a definition in a program (S29, S115)', () => {
  const step = { step: 1, agent_role: 'developer', task_type: 'work', description: 'Work' }
  test('is a workflow, with what it left out', () => {
    expect(createWorkflow({ id: 'mine', name: 'Mine', description: 'My own', steps: [step] })).toEqual({
      id: 'mine',
      name: 'Mine',
      description: 'My own',
      reads_workspace: false,
      steps: [{ ...step, depends_on: [], priority: 1, gate: false }],
    })
  })

  test('is refused with everything that is wrong', () => {
    const definition = {
      id: 'mine',
      name: 'Mine',
      steps: [{ ...step, depends_on: [1, 9], agent_role: 'poet' }],
      x: 1,
    }
    expect(() => createWorkflow(definition)).toThrow(
      expect.objectContaining({
        code: 'invalid',
        message: expect.stringMatching(
          /no "description".*"x" is no key.*"poet".*depends on itself.*step 9, which is not there/,
        ),
      }),
    )
    const { x: _, ...mended } = { ...definition, description: 'D', steps: [{ ...step, agent_role: 'poet' }] }
    expect(createWorkflow(mended, new Set(['poet'])).id).toBe('mine')
  })
})
