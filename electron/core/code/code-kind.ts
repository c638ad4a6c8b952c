import { basename } from 'node:path/posix'
import { describeName } from '../files/file-kinds.ts'
import { createNameTable } from './name-table.ts'

/** Kinds of files, those that say most about a program first. */
export const codeKinds = ['source', 'settings', 'document', 'data', 'other'] as const
/** What a file is to a person who looks for the place of a fault. */
type CodeKind = (typeof codeKinds)[number]

const data = extensions(
  'json jsonl json5 jsonc ndjson geojson csv tsv psv log po pot snap golden svg map ipynb plist resx',
)
const documents = extensions('md markdown mdx mkd rst adoc asciidoc org tex ltx bib txt text')
const settings = extensions(
  'yaml yml toml ini cfg conf config properties env editorconfig xml xsd props targets csproj fsproj in typed service',
)

function kindOf(path: string): CodeKind {
  const { extension, known } = describeName(basename(path))
  if (!known) return 'other'
  if (extension === null) return 'settings'
  if (data.has(extension)) return 'data'
  if (documents.has(extension)) return 'document'
  return settings.has(extension) ? 'settings' : 'source'
}

const testName =
  /^(?:test[-_.].*|.*[-_.](?:test|tests|spec|specs|e2e|cy)|(?:.*[a-z0-9])?Tests?|Test[A-Z].*|.*Spec)$/
const testFolder = /(?:^|\/)(?:tests?|__tests__|specs?|e2e|cypress|testing|python_testcases)\//i
const testMarks = /^test[-_.]?|[-_.]?(?:tests?|specs?|e2e|cy)$/gi

/** What a file's path tells of it. */
export type Nature = {
  readonly kind: CodeKind
  /** Whether it tests others, by its name or its folder. */
  readonly isTest: boolean
  /** What it is about, in one spelling: `gcd` for `gcd.py`, `test_gcd.py` and `gcd/index.ts`. */
  readonly subject: string
  /** Whether it tells how a project is set up, built, tested or started. */
  readonly isProject: boolean
}

/** Reads off a path what the file is. */
export function natureOf(path: string): Nature {
  const kind = kindOf(path)
  const stem = stemOf(path)
  const isTest =
    kind === 'source' && basename(path) !== 'conftest.py' && (testName.test(stem) || testFolder.test(path))
  const subject = squash(isTest ? stem.replaceAll(testMarks, '') : stem)
  return { kind, isTest, subject, isProject: isProjectFile(path) }
}

/** A name without what spellings differ in: `userService`, `user-service` and `user_service` are one. */
export const squash = (name: string): string => name.replaceAll(/[-_.$]/g, '').toLowerCase()

/** A file's name without its extension; of a file that stands for its folder, the folder's name. */
export function stemOf(path: string): string {
  const parts = path.split('/')
  const name = parts.at(-1) ?? ''
  const stem = name.replace(/(?<=.)\.[^.]*$/, '')
  return /^(?:__init__|__main__|index|mod)$/.test(stem) && parts.length > 1 ? parts.at(-2)! : stem
}

const isProjectFile = createNameTable(`
  README README.* package.json pyproject.toml setup.py setup.cfg requirements*.txt Pipfile environment.y*ml tsconfig*.json
  deno.json* Cargo.toml go.mod go.work pom.xml build.gradle* settings.gradle* *.csproj *.sln composer.json Gemfile
  *.gemspec mix.exs pubspec.yaml Package.swift CMakeLists.txt Makefile GNUmakefile Justfile Taskfile.y*
  conftest.py pytest.ini tox.ini noxfile.py jest.config.* vitest.config.* vite.config.* playwright.config.*
  Dockerfile Dockerfile.* *.dockerfile Containerfile docker-compose*.y*ml compose*.y*ml Procfile Vagrantfile
  .github/workflows/ .gitlab-ci.yml Jenkinsfile azure-pipelines*.yml bitbucket-pipelines.yml .circleci/
  !Dockerfile.md !Dockerfile.txt Chart.yaml values.yaml kustomization.y*ml serverless.y*ml main.tf
  /main.* /app.* /index.* /server.* /cli.* /manage.py /__main__.py
  /src/main.* /src/app.* /src/index.* /src/server.* /src/cli.* /cmd/*/main.go /*/__main__.py`)

function extensions(text: string): ReadonlySet<string> {
  return new Set(text.split(' '))
}
