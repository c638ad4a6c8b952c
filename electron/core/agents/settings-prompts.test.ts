import { describe, expect, test } from 'vitest'
import type { SomeSettings } from '../../../shared/settings.ts'
import { at, play } from './play.fixture.ts'

describe('what is set reaches the server (S51 to S54, S83)', () => {
  const design = 'developer / architecture_design'
  const documents = 'business_analyst / documentation_requirements'
  test.each<[string, string, SomeSettings['agents'], string, string]>([
    [
      'languages',
      'feature_development',
      { developer: { languages: ['typescript', 'go'] } },
      design,
      'the preferred one first: typescript, go.',
    ],
    [
      'frameworks',
      'feature_development',
      { developer: { frameworks: ['fastapi'] } },
      design,
      'where they fit the requirement: fastapi.',
    ],
    [
      'test frameworks',
      'feature_development',
      { qa_engineer: { test_frameworks: ['unittest'] } },
      design,
      'the preferred one first: unittest.',
    ],
    [
      'coverage',
      'testing',
      { qa_engineer: { coverage_threshold: 91 } },
      'qa_engineer / test_planning',
      'at least 91 %',
    ],
    [
      'platforms',
      'infrastructure',
      { devops_engineer: { platforms: ['aws'] } },
      'devops_engineer / design',
      'Platforms in use: aws.',
    ],
    [
      'tools',
      'infrastructure',
      { devops_engineer: { ci_cd_tools: ['gitlab_ci'] } },
      'devops_engineer / design',
      'run with: gitlab ci.',
    ],
    [
      'openapi',
      'documentation',
      { technical_writer: { formats: ['markdown', 'openapi'] } },
      documents,
      'docs/openapi.yaml describes it',
    ],
    [
      'openapi',
      'feature_development',
      { technical_writer: { formats: ['openapi'] } },
      design,
      'docs/openapi.yaml describes it',
    ],
    [
      'confluence',
      'documentation',
      { technical_writer: { formats: ['confluence'] } },
      documents,
      'docs/user-guide.confluence',
    ],
    [
      'style',
      'documentation',
      { technical_writer: { style_guide: 'house' } },
      documents,
      'Style guide for all documents: house.',
    ],
  ])('%s in %s', async (_, workflow, agents, task, text) => {
    const set = await play(workflow, { settings: { agents } })
    expect(at(set, task).closing).toContain(text)
  })

  test('what is not set is not said', async () => {
    const { closing } = at(await play('documentation'), documents)
    expect(closing).not.toMatch(/openapi|confluence/i)
  })

  test('an agent has its own temperature and length of answers; the others have those of all', async () => {
    const settings = {
      openai_temperature: 0.3,
      openai_max_tokens: 3000,
      agents: { developer: { temperature: 0.7, max_tokens: 1234 }, qa_engineer: { temperature: 0 } },
    }
    const { asked } = await play('feature_development', { settings })
    const sent = new Map(
      asked.map(({ task, body }) => [task.split(' ')[0], [body.temperature, body.max_tokens]]),
    )
    expect(Object.fromEntries(sent)).toEqual({
      business_analyst: [0.3, 3000],
      developer: [0.7, 1234],
      qa_engineer: [0, 3000],
      devops_engineer: [0.3, 3000],
      technical_writer: [0.3, 3000],
    })
  })

  test.each<[SomeSettings['agents'], string]>([
    [{ qa_engineer: { test_frameworks: ['unittest'] } }, 'with unittest of the standard library'],
    [{ qa_engineer: { test_frameworks: ['pytest'] } }, 'with pytest'],
  ])('with %j tests are asked for %s', async (agents, text) => {
    const played = await play('feature_development', { settings: { agents } })
    expect(at(played, 'qa_engineer / testing', 'tests/test_text.py').closing).toContain(
      `How to write it, ${text}`,
    )
  })
})
