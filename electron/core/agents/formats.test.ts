import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { answerWith, plausible, play, type Asked } from './play.fixture.ts'

const guides = join(import.meta.dirname, '../../../resources/prompts/guides')
const guide = (name: string) => readFileSync(join(guides, `${name}.md`), 'utf8').trim()

/** Plays a workflow whose plan lists these files; each is answered with what it is planned to hold. */
async function playPlan(
  workflow: string,
  planned: Readonly<Record<string, Readonly<Record<string, string>>>>,
) {
  const contents = Object.assign({}, ...Object.values(planned)) as Record<string, string>
  const files = Object.fromEntries(
    Object.entries(planned).map(([kind, some]) => [
      kind,
      Object.keys(some).map((path) => ({ path, purpose: `What ${path} is for.`, needs: [] })),
    ]),
  )
  const design = JSON.stringify({ overview: 'As asked.', decisions: [], files, defects: [] })
  const answer = (asked: Asked) => {
    if (asked.file !== null) return answerWith(asked.file, contents[asked.file] ?? 'Words.\n')
    return asked.schema === 'design' ? design : plausible(asked)
  }
  const { asked, result } = await play(workflow, { answer })
  return { asked, result, made: result.files.filter(({ complete }) => complete).map(({ path }) => path) }
}

/** Each file was asked for by itself, and told how its kind is written. */
function expectGuides(asked: readonly Asked[], guideOf: Readonly<Record<string, string>>): void {
  for (const [path, name] of Object.entries(guideOf))
    expect([path, asked.find(({ file }) => file === path)?.closing]).toEqual([
      path,
      expect.stringContaining(guide(name)),
    ])
}

describe('files of every format that the specification names come out of a run', () => {
  test('infrastructure: Docker, Compose, Kubernetes, Terraform for AWS, pipelines of GitHub and GitLab (S53)', async () => {
    const deployment = {
      Dockerfile: 'FROM python:3.12-slim\nCMD ["python", "-m", "app"]\n',
      'compose.yaml': 'services:\n  app:\n    build: .\n',
      'k8s/deployment.yaml': 'apiVersion: apps/v1\nkind: Deployment\n',
      'infra/main.tf': 'terraform {\n  required_version = ">= 1.9"\n}\n',
      '.github/workflows/ci.yml': 'on: push\njobs: {}\n',
      '.gitlab-ci.yml': 'stages: [test]\n',
    }
    const { asked, made, result } = await playPlan('infrastructure', {
      deployment,
      testing: { 'tests/test_compose.py': 'def test_compose():\n    assert True\n' },
      documentation: { 'docs/operations.md': '# Operations\n\nHow it is run.\n' },
    })
    expect(result.status).toBe('completed')
    expect(made).toEqual(expect.arrayContaining(Object.keys(deployment)))
    expectGuides(asked, {
      Dockerfile: 'dockerfile',
      'compose.yaml': 'compose',
      'k8s/deployment.yaml': 'kubernetes',
      'infra/main.tf': 'terraform-aws',
      '.github/workflows/ci.yml': 'github-actions',
      '.gitlab-ci.yml': 'gitlab-ci',
    })
    // Tools obey these where they lie: they are made, and held until a person names them.
    const held = result.files.filter((file) => file.held !== null).map(({ path }) => path)
    expect(held).toEqual(expect.arrayContaining(['Dockerfile', '.github/workflows/ci.yml', '.gitlab-ci.yml']))
  })

  test('documentation: API documents, OpenAPI, guides, release notes, Confluence markup (S54)', async () => {
    const documentation = {
      'docs/api.md': '# API\n\nWhat it answers.\n',
      'docs/openapi.yaml': 'openapi: 3.1.0\ninfo: { title: App, version: "1" }\npaths: {}\n',
      'docs/user-guide.md': '# User guide\n\nHow it is used.\n',
      'docs/release-notes.md': '# Release notes\n\nWhat is new.\n',
      'docs/user-guide.confluence': 'h1. User guide\n\nHow it is used.\n',
    }
    const { asked, made, result } = await playPlan('documentation', { documentation })
    expect(result.status).toBe('completed')
    expect(made).toEqual(expect.arrayContaining(Object.keys(documentation)))
    expectGuides(asked, {
      'docs/api.md': 'api-docs',
      'docs/openapi.yaml': 'openapi',
      'docs/user-guide.md': 'user-guide',
      'docs/release-notes.md': 'release-notes',
      'docs/user-guide.confluence': 'confluence',
    })
  })

  test.each<
    [
      what: string,
      workflow: string,
      kind: string,
      files: Readonly<Record<string, [guide: string, content: string]>>,
    ]
  >([
    [
      'pytest, Jest and Playwright (S52)',
      'testing',
      'testing',
      {
        'tests/test_app.py': ['pytest', 'def test_app():\n    assert True\n'],
        'src/app.test.ts': ['jest', "test('app', () => {})\n"],
        'e2e/login.spec.ts': ['playwright', "test('login', async () => {})\n"],
      },
    ],
    [
      'Python, JavaScript and TypeScript (S51)',
      'feature_development',
      'implementation',
      {
        'src/app.py': ['python', 'print("app")\n'],
        'web/app.js': ['javascript', 'console.log("app")\n'],
        'web/app.ts': ['typescript', 'export const app = 1\n'],
      },
    ],
  ])('%s', async (_, workflow, kind, files) => {
    const part = (at: 0 | 1) =>
      Object.fromEntries(Object.entries(files).map(([path, both]) => [path, both[at]]))
    const { asked, made, result } = await playPlan(workflow, { [kind]: part(1) })
    expect(result.status).toBe('completed')
    expect(made).toEqual(expect.arrayContaining(Object.keys(files)))
    expectGuides(asked, part(0))
  })
})
