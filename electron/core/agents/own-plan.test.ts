import { describe, expect, test } from 'vitest'
import { lackOfOwnPlan, ownPlanSchema, readOwnPlan } from './own-plan.ts'
import { taskForms, type FilesForm } from './task-forms.ts'

const formFor = (name: string) => taskForms.get(name) as FilesForm
const bugFix = formFor('developer/bug_fix')
const fix = formFor('developer/fix')
const regression = formFor('qa_engineer/regression_testing')
const known = { paths: ['src/gcd.py', 'src/[id].tsx'], hidden: ['big.py'] }
const file = (path: string, needs: string[] = []) => ({ path, purpose: 'Swaps the arguments.', needs })
const planOf = (...files: object[]) => JSON.stringify({ reason: 'The order is wrong.', files })

test('the files become those of the step, whatever their names say', () => {
  expect(readOwnPlan(planOf(file('src/gcd.py', ['src/[id].tsx', 'no.py'])), bugFix, known)).toEqual({
    how: 'schema',
    reason: 'The order is wrong.',
    plan: {
      files: [{ ...file('src/gcd.py', ['src/[id].tsx']), kind: 'implementation' }],
      refused: [],
    },
  })
  const read = readOwnPlan(planOf(file('tests/test_a.py')), fix, known)
  expect(read?.plan.files).toMatchObject([{ path: 'tests/test_a.py', kind: 'implementation' }])
})

describe('what is refused, with the reason', () => {
  test.each<[string, object, string]>([
    ['a path that leaves', file('../a.py'), 'leads out of its folder'],
    ['a file that nobody was shown', file('big.py'), 'was not given to the run'],
    ['the same by another case', file('Big.PY'), 'was not given to the run'],
    ['no purpose', { path: 'a.py' }, 'It has no purpose.'],
  ])('%s', (_, entry, reason) => {
    expect(readOwnPlan(planOf(entry), bugFix, known)?.plan).toEqual({
      files: [],
      refused: [expect.stringContaining(reason)],
    })
    expect(lackOfOwnPlan(planOf(entry), bugFix, known)).toContain(reason)
    expect(lackOfOwnPlan(planOf(entry), fix, known)).toContain(reason)
  })

  test('a step that only adds files would replace it unseen: refused as well', () => {
    expect(readOwnPlan(planOf(file('big.py')), regression, known)?.plan.refused).toEqual([
      '"big.py": It is there, but was not given to the run.',
    ])
  })
})

test('a weak model may leave out what is not needed, in whatever way', () => {
  const answer = '{"reason": null, "files": [{"path": "src/gcd.py", "purpose": "Swaps.", "needs": null}]}'
  expect(readOwnPlan(answer, bugFix, known)?.plan.files).toMatchObject([{ path: 'src/gcd.py', needs: [] }])
})

describe('no file at all', () => {
  test.each<[string, FilesForm, boolean]>([
    ['a bug fix changes something', bugFix, false],
    ['a fix may find nothing to change', fix, true],
    ['a revision too', formFor('developer/revision'), true],
    ['tests are written', regression, false],
  ])('%s', (_, form, mayBe) => {
    expect(lackOfOwnPlan(planOf(), form, known) === null).toBe(mayBe)
    expect(ownPlanSchema(form, known).safeParse(JSON.parse(planOf())).success).toBe(mayBe)
  })
})

describe('without the form', () => {
  test.each(['', 'Nothing to do.', '{}', '{"reason": "Nothing."}', '[]'])(
    '%j is asked for again',
    (answer) => {
      expect(lackOfOwnPlan(answer, fix, known)).toContain('JSON object')
    },
  )

  test('a list of files is read from words', () => {
    expect(readOwnPlan('I would change:\n\n- `src/gcd.py`: Swaps the arguments.\n', bugFix, known)).toEqual({
      how: 'text',
      reason: '',
      plan: { files: [{ ...file('src/gcd.py'), kind: 'implementation' }], refused: [] },
    })
  })
})

test('a server can hold a model to paths that are there, also where their names are unusual', () => {
  const schema = ownPlanSchema(bugFix, known)
  const allows = (path: string) => schema.safeParse(JSON.parse(planOf(file(path)))).success
  expect(['src/gcd.py', 'src/[id].tsx', 'new.py', 'src/[other].tsx', '../a.py'].map(allows)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ])
})
