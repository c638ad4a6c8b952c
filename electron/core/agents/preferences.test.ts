import { describe, expect, test } from 'vitest'
import { Settings, type SomeSettings } from '../../../shared/settings.ts'
import { preferencesForKind, preferencesOf } from './preferences.ts'

const agentsOf = (agents: SomeSettings['agents']) => Settings.parse({ agents }).agents
const linesOf = (role: string, agents: SomeSettings['agents'] = {}) => preferencesOf(role, agentsOf(agents))

describe('what is set becomes a line (S51 to S54, S83)', () => {
  test.each<[string, SomeSettings['agents'], string]>([
    [
      'developer',
      { developer: { languages: ['typescript', 'python'] } },
      'Languages, the preferred one first: typescript, python.',
    ],
    [
      'developer',
      { developer: { frameworks: ['fastapi'] } },
      'Frameworks to build on where they fit the requirement: fastapi.',
    ],
    [
      'qa_engineer',
      { qa_engineer: { test_frameworks: ['unittest'] } },
      'Test frameworks, the preferred one first: unittest.',
    ],
    ['qa_engineer', { qa_engineer: { coverage_threshold: 95 } }, 'Tests should reach at least 95 %'],
    ['devops_engineer', { devops_engineer: { platforms: ['kubernetes'] } }, 'Platforms in use: kubernetes.'],
    [
      'devops_engineer',
      { devops_engineer: { ci_cd_tools: ['gitlab_ci'] } },
      'Automatic builds and checks, where the project needs any, run with: gitlab ci.',
    ],
    [
      'technical_writer',
      { technical_writer: { formats: ['markdown'] } },
      'Documents are written as Markdown',
    ],
    ['technical_writer', { technical_writer: { formats: ['confluence'] } }, 'docs/user-guide.confluence'],
    [
      'technical_writer',
      { technical_writer: { formats: ['openapi'] } },
      'docs/openapi.yaml describes it as OpenAPI 3.1.',
    ],
    [
      'technical_writer',
      { technical_writer: { style_guide: 'house' } },
      'Style guide for all documents: house.',
    ],
  ])('%s %j', (role, agents, text) => {
    expect(linesOf(role, agents).filter((line) => line.includes(text))).toHaveLength(1)
  })

  test('what is empty becomes none', () => {
    expect(linesOf('developer', { developer: { languages: [], frameworks: [] } })).toEqual([])
    expect(linesOf('qa_engineer', { qa_engineer: { test_frameworks: [], coverage_threshold: 0 } })).toEqual(
      [],
    )
    expect(linesOf('devops_engineer', { devops_engineer: { platforms: [], ci_cd_tools: [] } })).toEqual([])
  })
})

test.each(['business_analyst', 'poet', 'constructor'])('%s has no preferences', (role) => {
  expect(linesOf(role)).toEqual([])
})

test('files of a kind go by the preferences of those who write them', () => {
  const agents = agentsOf({})
  expect(preferencesForKind('documentation', agents)).toEqual(preferencesOf('technical_writer', agents))
  expect(preferencesForKind('testing', agents)).toEqual(preferencesOf('qa_engineer', agents))
})

test('what is settled by a plan is not said again: a format, a platform, a tool', () => {
  const agents = agentsOf({ technical_writer: { formats: ['confluence', 'openapi'] } })
  expect(preferencesOf('technical_writer', agents, true)).toEqual(['Style guide for all documents: google.'])
  expect(preferencesOf('devops_engineer', agents, true)).toEqual([])
  expect(preferencesOf('developer', agents, true)).toEqual(preferencesOf('developer', agents))
})
