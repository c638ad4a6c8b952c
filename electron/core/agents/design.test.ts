import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PlannedFile } from '../../../shared/change.ts'
import { checkPath } from '../files/path-rules.ts'
import { knownExtensions } from '../files/file-kinds.ts'
import { designSchema, listFiles, LooseDesign, renderDesign } from './design.ts'
import { checkPlan } from './plan.ts'
import { taskForms, type PlanForm } from './task-forms.ts'

const Design = designSchema(taskForms.get('developer/architecture_design') as PlanForm)
const designOf = (path: string, purpose = 'Says hello.', needs: string[] = []) => ({
  overview: 'One part.',
  decisions: [{ decision: 'Python', reason: 'It is there.' }],
  files: {
    implementation: [
      { path, purpose, needs },
      { path: 'src/main.py', purpose: 'Starts it all.', needs: [] },
    ],
    testing: [{ path: 'tests/test_a.py', purpose: 'Tests it all.', needs: [] }],
    deployment: [],
    documentation: [],
  },
})
const allows = (path: string) => Design.safeParse(designOf(path)).success

describe('paths that a grammar can enforce', () => {
  test.each([
    'a.py',
    'src/app.py',
    'src/a/b/c/d/app.py',
    'Dockerfile',
    'docker/Dockerfile',
    'Makefile',
    'LICENSE',
    '.gitignore',
    '.dockerignore',
    '.env.example',
    '.github/workflows/ci.yml',
    '.gitlab-ci.yml',
    'docker-compose.yml',
    'docker-compose.override.yml',
    'k8s/deployment.yaml',
    'infra/main.tf',
    'infra/prod.tfvars',
    'docs/user-guide.confluence',
    'docs/openapi.yaml',
    'package.json',
    'jest.config.js',
    'playwright.config.ts',
    'e2e/login.spec.ts',
    'Jenkinsfile',
    'src/__init__.py',
    'src/app.test.ts',
    'tsconfig.build.json',
  ])('%s is allowed, and stays as it is', (path) => {
    expect([allows(path), checkPath(path)]).toEqual([true, path])
  })

  test.each([
    '',
    '.',
    '..',
    '../a.py',
    'src/../a.py',
    '/a.py',
    '//a.py',
    'src//a.py',
    'src/',
    './a.py',
    '~/a.py',
    'C:\\a.py',
    'C:/a.py',
    'src\\a.py',
    '.git/config',
    '.git/hooks/pre-commit',
    '.ssh/authorized_keys',
    '.env',
    '-rf.py',
    'src/-x.py',
    'a b.py',
    'a.py\n',
    'a\u0000.py',
    'a.py;rm',
    '$(x).py',
    '`x`.py',
    '%2e%2e/a.py',
    '\uff0e\uff0e/a.py',
    'src/a\u200b.py',
    'http://x.com/a.py',
    'noextension',
    'a/b/c/d/e/f/g.py',
    `${'x'.repeat(300)}.py`,
  ])('%j is not (S105)', (path) => expect(allows(path)).toBe(false))

  test('whatever the pattern allows is accepted as it is, but for what only code can judge, which is told', () => {
    const part = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_-]{0,8}$/)
    const name = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_-]{0,8}(\.[a-z][a-z0-9]{0,6})?$/)
    const any = fc
      .tuple(fc.array(part, { maxLength: 5 }), name, fc.constantFrom(...knownExtensions))
      .map(([parts, stem, extension]) => [...parts, `${stem}.${extension}`].join('/'))
    fc.assert(
      fc.property(any, (path) => {
        expect(allows(path)).toBe(true)
        const { files, refused } = checkPlan(listFiles(LooseDesign.parse(designOf(path))))
        const isKept = files.some((file) => file.path === path)
        if (isKept) expect(checkPath(path)).toBe(path)
        else
          expect(refused).toEqual([
            expect.stringMatching(/Windows device|is a placeholder|is the name of|is a web address/),
          ])
      }),
      { numRuns: 500 },
    )
  })
})

describe('purposes', () => {
  test.each(['Says hello.', 'Reads links, images and headings (with lines).'])('%j will do', (purpose) => {
    expect(Design.safeParse(designOf('a.py', purpose)).success).toBe(true)
  })
  test.each(['', ' ', '...', 'short', '        ', '12345678', 'x'.repeat(161), '<b>Says hello</b>'])(
    '%j will not',
    (purpose) => {
      expect(Design.safeParse(designOf('a.py', purpose)).success).toBe(false)
    },
  )
})

describe('reading leniently', () => {
  test('what is missing is empty, group by group', () => {
    const files = { implementation: [{ path: 'a.py' }] }
    expect(listFiles(LooseDesign.parse({ files }))).toEqual([
      { path: 'a.py', purpose: '', needs: [], kind: 'implementation' },
    ])
  })

  test('without files it is no design', () => {
    expect(LooseDesign.safeParse({ overview: 'x' }).success).toBe(false)
  })
})

test('the design becomes Markdown with its decisions and files; model text opens no structure of its own', () => {
  const plan: PlannedFile[] = [
    { path: 'a.py', purpose: 'Says hello', kind: 'implementation', needs: [] },
    { path: 'tests/test_a.py', purpose: 'Tests it.', kind: 'testing', needs: [] },
  ]
  const design = LooseDesign.parse({
    overview: 'One part.\n\n# Not a heading',
    decisions: [{ decision: 'Python', reason: 'It is\n- not a list.' }, { decision: 'No database.' }],
    files: {},
  })
  expect(renderDesign('Architecture', design, plan)).toBe(`# Architecture

One part. # Not a heading

## Decisions

- Python. It is - not a list.
- No database. 

## Files

### Implementation

- \`a.py\`: Says hello.

### Testing

- \`tests/test_a.py\`: Tests it.
`)
})
