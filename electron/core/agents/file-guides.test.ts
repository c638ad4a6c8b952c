import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { PromptFiles } from '../context/prompt-files.ts'
import { checkPlan } from './plan.ts'
import { guideFor } from './file-guides.ts'

const folder = join(import.meta.dirname, '../../../resources/prompts')
const prompts = new PromptFiles(folder)
const textOf = (name: string) => readFileSync(join(folder, 'guides', `${name}.md`), 'utf8').trim()
const names = readdirSync(join(folder, 'guides')).flatMap((name) => /^(.*)\.md$/.exec(name)?.[1] ?? [])
const nameOf = (path: string, ...said: string[]) => {
  const text = guideFor(path, said, prompts)
  return names.find((name) => textOf(name) === text) ?? null
}

const byPath: [path: string, guide: string | null][] = [
  ['tests/test_a.py', 'pytest'],
  ['test_gcd.py', 'pytest'],
  ['conftest.py', 'pytest'],
  ['src/a.test.ts', 'jest'],
  ['tests/a.test.js', 'jest'],
  ['src/a.spec.ts', 'jest'],
  ['e2e/login.spec.ts', 'playwright'],
  ['playwright.config.ts', 'playwright'],
  ['Dockerfile', 'dockerfile'],
  ['docker/Dockerfile', 'dockerfile'],
  ['docker-compose.yml', 'compose'],
  ['compose.yaml', 'compose'],
  ['k8s/deployment.yaml', 'kubernetes'],
  ['deploy/k8s/service.yaml', null],
  ['infra/main.tf', 'terraform-aws'],
  ['.github/workflows/ci.yml', 'github-actions'],
  ['.gitlab-ci.yml', 'gitlab-ci'],
  ['README.md', 'readme'],
  ['docs/api.md', 'api-docs'],
  ['docs/rest-api.md', 'api-docs'],
  ['docs/openapi.yaml', 'openapi'],
  ['docs/user-guide.md', 'user-guide'],
  ['docs/capitals.md', 'user-guide'],
  ['docs/operations.md', 'operations'],
  ['docs/release-notes.md', 'release-notes'],
  ['CHANGELOG.md', 'release-notes'],
  ['docs/user-guide.confluence', 'confluence'],
  ['package.json', 'package-json'],
  ['src/app.py', 'python'],
  ['src/app.ts', 'typescript'],
  ['src/app.js', 'javascript'],
  ['data/config.json', null],
  ['samples/notes.md', null],
  ['docs/page.xml', null],
]

describe('the guide of a file (S51 to S54)', () => {
  test.each(byPath)('%s: %s', (path, guide) => expect(nameOf(path)).toBe(guide))

  test('each of them may be planned', () => {
    const listed = byPath.map(([path]) => ({
      path,
      purpose: 'For it.',
      kind: 'deployment' as const,
      needs: [],
    }))
    expect(checkPlan(listed).refused).toEqual([])
  })

  test('each guide is some file’s', () => {
    const said = [nameOf('tests/test_a.py', 'unittest'), nameOf('docs/page.xml', 'a page for Confluence')]
    const used = new Set([...byPath.map(([, guide]) => guide), ...said])
    expect(names.filter((name) => !used.has(name))).toEqual([])
  })
})

describe('which framework a test is written for (S52)', () => {
  test.each<[path: string, said: string[], guide: string]>([
    ['tests/test_a.py', ['Tests use unittest with temporary folders.'], 'unittest'],
    ['tests/test_a.py', ['Tests use pytest.'], 'pytest'],
    ['tests/test_a.py', ['A purpose.', 'We take unittest.', 'import pytest'], 'unittest'],
    ['tests/test_a.py', ['A purpose.', 'No word.', 'import unittest\n', 'Prefers pytest.'], 'unittest'],
    ['tests/test_a.py', ['A purpose.', '', '', 'Prefers pytest, jest.'], 'pytest'],
    ['tests/test_a.py', ['A purpose.', '', '', 'Prefers Unittest.'], 'unittest'],
    ['tests/test_a.py', ['Tests use unittest; pytest is not needed.'], 'unittest'],
    ['tests/test_a.py', ['unittests and my_pytest2'], 'pytest'],
    ['web/login.spec.ts', ['The flow of a login, with Playwright.'], 'playwright'],
    ['web/login.spec.ts', ['The flow of a login.', 'Jest for all tests.'], 'jest'],
  ])('%s where it is said: %j', (path, said, guide) => expect(nameOf(path, ...said)).toBe(guide))
})

test.each(names)('the guide %s is short and of one form', (name) => {
  const [first, ...points] = textOf(name).split('\n')
  expect(first).toMatch(/^How to write it.*:$/)
  expect(points.length).toBeGreaterThanOrEqual(3)
  expect(points.length).toBeLessThanOrEqual(7)
  expect(points.filter((point) => !point.startsWith('- '))).toEqual([])
})
