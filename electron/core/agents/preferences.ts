import type { Settings } from '../../../shared/settings.ts'
import type { FileKind } from './task-forms.ts'

type Agents = Settings['agents']
type Role = keyof Agents

/**
 * What the person prefers of an agent's work, a line each; nothing for roles that have no settings. Once a file is
 * `planned`, its format and platform are settled, and only what concerns its words and code is left to say.
 */
export function preferencesOf(role: string, agents: Agents, planned = false): string[] {
  if (!Object.hasOwn(linesOf, role)) return []
  const { choice, manner } = linesOf[role as Role](agents)
  return planned ? manner : [...choice, ...manner]
}

/** The same for whoever writes files of a kind: a plan of such files has to keep to it. */
export const preferencesForKind = (kind: FileKind, agents: Agents): string[] =>
  preferencesOf(writers[kind], agents)

const writers: Readonly<Record<FileKind, Role>> = {
  implementation: 'developer',
  testing: 'qa_engineer',
  deployment: 'devops_engineer',
  documentation: 'technical_writer',
}

/** What is chosen when files are planned, and how they are written whatever they are. */
type Lines = { readonly choice: string[]; readonly manner: string[] }

const linesOf: Readonly<Record<Role, (agents: Agents) => Lines>> = {
  business_analyst: () => ({ choice: [], manner: [] }),
  developer: ({ developer: { languages, frameworks } }) => ({
    choice: [],
    manner: [
      ...listed(
        languages,
        (names) =>
          `Languages, the preferred one first: ${names}. Use the language that the requirement or the existing code names; where neither names one, use the first.`,
      ),
      ...listed(frameworks, (names) => `Frameworks to build on where they fit the requirement: ${names}.`),
    ],
  }),
  qa_engineer: ({ qa_engineer: { test_frameworks, coverage_threshold } }) => ({
    choice: [],
    manner: [
      ...listed(
        test_frameworks,
        (names) =>
          `Test frameworks, the preferred one first: ${names}. Use the one that the existing tests or the decisions above name; where none is named, the first that fits the code's language.`,
      ),
      ...(coverage_threshold > 0
        ? [`Tests should reach at least ${coverage_threshold} % of the code's lines.`]
        : []),
    ],
  }),
  devops_engineer: ({ devops_engineer: { platforms, ci_cd_tools } }) => ({
    choice: [
      ...listed(
        platforms,
        (names) =>
          `Platforms in use: ${names}. Of these use only what the requirement needs; where it names none, the first that fits.`,
      ),
      ...listed(
        ci_cd_tools,
        (names) => `Automatic builds and checks, where the project needs any, run with: ${names}.`,
      ),
    ],
    manner: [],
  }),
  technical_writer: ({ technical_writer: { formats, style_guide } }) => ({
    choice: formats.map((format) => formatLines[format]),
    manner: [`Style guide for all documents: ${style_guide}.`],
  }),
}

const formatLines: Readonly<Record<Agents['technical_writer']['formats'][number], string>> = {
  markdown:
    'Documents are written as Markdown, in files that end in .md, where nothing else is said of them.',
  confluence:
    'User guides and API descriptions are written as Confluence wiki markup instead of Markdown, in files that end in .confluence, such as docs/user-guide.confluence. A README.md stays Markdown.',
  openapi:
    'Where the project has an HTTP API, docs/openapi.yaml describes it as OpenAPI 3.1. Where it has none, there is no such file.',
}

const listed = (names: readonly string[], write: (names: string) => string) =>
  names.length > 0 ? [write(names.map((name) => name.replaceAll('_', ' ')).join(', '))] : []
