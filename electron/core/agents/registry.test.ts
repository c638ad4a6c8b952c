import { describe, expect, test } from 'vitest'
import { Settings } from '../../../shared/settings.ts'
import { AgentRegistry } from './registry.ts'
import { TeamAgent } from './team-agent.ts'

class Poet extends TeamAgent {
  override getSystemPrompt = () => 'You are a poet.'
}
const make = (id: string, workspace: string, config: Settings) => new Poet(id, 'custom', workspace, config)
const settings = Settings.parse({})

describe('roles of agents (S4, S114)', () => {
  test('a role of one’s own joins the built-in ones, and has ids of its own', () => {
    const registry = new AgentRegistry()
    registry.register('poet', { make, does: 'Writes verse.' })
    expect(registry.roles).toContain('poet')
    expect(registry.createTeam('.', settings).map(({ agent }) => agent.agentId)).toEqual([
      'ba_001',
      'dev_001',
      'qa_001',
      'devops_001',
      'writer_001',
      'poet_001',
    ])
    expect(registry.create('poet', 2, '.', settings).agentId).toBe('poet_002')
    expect(registry.kinds.get('poet')).toMatchObject({ title: 'poet', does: 'Writes verse.' })
  })

  test.each(['', 'Poet', 'two words', '9lives', '__proto__', 'a/b'])('%j is no role', (role) => {
    expect(() => new AgentRegistry().register(role, { make })).toThrow(
      expect.objectContaining({ code: 'invalid', hint: expect.any(String) }),
    )
  })

  test('a role that is taken stays whose it is', () => {
    expect(() => new AgentRegistry().register('developer', { make })).toThrow(
      expect.objectContaining({ code: 'conflict' }),
    )
  })

  test('what one registry learns, another does not', () => {
    new AgentRegistry().register('poet', { make })
    expect(() => new AgentRegistry().create('poet', 1, '.', settings)).toThrow(
      expect.objectContaining({ code: 'not-found', hint: expect.stringContaining('developer') }),
    )
  })
})
