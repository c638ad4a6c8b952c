import type { AgentRole } from '../../../shared/agent.ts'

/** How a step stands, for people: a task's status, and `queued` while its call waits for a slot. */
export type StepState =
  'pending' | 'queued' | 'running' | 'gated' | 'completed' | 'stale' | 'failed' | 'refused' | 'blocked'

/** A step as graph and list show it. */
export type StepData = {
  readonly id: string
  /** Its number, or its id where it has none. */
  readonly name: string
  readonly title: string
  readonly role: AgentRole
  readonly state: StepState
  /** The state in words. */
  readonly word: string
  /** What stands behind the number: how often it ran, what it waits for, how many files it made. */
  readonly facts: readonly string[]
  readonly from: string | null
  readonly to: string | null
  readonly files: number
  readonly needs: readonly string[]
}

/** A step at its place in the graph, in pixels. */
export type PlacedStep = StepData & { readonly x: number; readonly y: number }
