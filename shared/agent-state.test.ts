import { describe, expect, test } from 'vitest'
import { agentStates, systemStatus } from './agent-state.ts'
import { AgentStatus } from './agent.ts'
import { SystemStatus } from './contract.ts'
import {
  answered,
  callFailed,
  claimed,
  completed,
  created,
  failed,
  fold,
  queued,
  sent,
  started,
} from './history.fixture.ts'
import type { NewRunEvent } from './run-event.ts'

const tasks = { a: {}, b: { needs: ['a'], role: 'qa_engineer' }, c: { gate: true } }
const stateAfter = (...events: NewRunEvent[]) => agentStates(fold(created(tasks), claimed, ...events))[0]!
const working = [started('a'), queued('a', 'a.1'), sent('a', 'a.1')]

describe('status of an agent', () => {
  const cases: [what: string, status: AgentStatus, current: string | null, done: number, NewRunEvent[]][] = [
    ['has done nothing', 'idle', null, 0, []],
    ['begins a task', 'working', 'a', 0, [started('a')]],
    ['stands in the queue for a slot', 'waiting', 'a', 0, [started('a'), queued('a', 'a.1')]],
    ['is being answered', 'working', 'a', 0, working],
    ['waits for the next try', 'waiting', 'a', 0, [...working, callFailed('a', 'a.1', 1000)]],
    ['works on the answer', 'working', 'a', 0, [...working, answered('a', 'a.1')]],
    ['has completed its task', 'completed', null, 1, [...working, completed('a')]],
    ['has failed', 'error', null, 0, [...working, failed('a')]],
    [
      'has completed one after failing another',
      'completed',
      null,
      1,
      [started('a'), failed('a'), started('c'), completed('c')],
    ],
    [
      'failed after it completed one',
      'error',
      null,
      1,
      [started('c'), completed('c'), started('a'), failed('a')],
    ],
    ['lost its process in the middle', 'idle', null, 0, [...working, claimed]],
    [
      'is asked to do a failed task again',
      'idle',
      null,
      0,
      [started('a'), failed('a'), { type: 'task-restarted', task: 'a', from: 'beginning' }],
    ],
  ]
  test.each(cases)('%s: %s (S46, S47, S48)', (_, status, current_task, completed_tasks, events) => {
    expect(stateAfter(...events)).toEqual({
      agent_id: 'dev_001',
      role: 'developer',
      status,
      current_task,
      completed_tasks,
    })
  })

  test('the table reaches all five (S48)', () => {
    expect(new Set(cases.map(([, status]) => status))).toEqual(new Set(AgentStatus.options))
  })
})

test("the system's status has the specification's shape and names (S19, S110)", () => {
  const run = fold(created(tasks), claimed, ...working, completed('a'), started('b', 'qa_001'))
  const status = systemStatus(run, new Date(Date.UTC(2026, 1, 3)))
  expect(SystemStatus.parse(status)).toEqual(status)
  expect(status).toEqual({
    total_agents: 2,
    agents: {
      dev_001: { role: 'developer', status: 'completed', current_task: null, completed_tasks: 1 },
      qa_001: { role: 'qa_engineer', status: 'working', current_task: 'b', completed_tasks: 0 },
    },
    total_tasks_completed: 1,
    timestamp: '2026-02-03T00:00:00.000Z',
  })
})
