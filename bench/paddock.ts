import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openCore, type Core } from '../electron/core/core.ts'
import { AgentOrchestrator } from '../electron/core/orchestrator.ts'
import type { RunEvent } from '../shared/run-event.ts'
import { Settings } from '../shared/settings.ts'
import type { Workflow } from '../shared/workflow.ts'
import { sixSteps } from './six-steps.ts'

/** What a core told, with the time of each event. */
export type Told = { event: RunEvent; at: number }

/** A core in a folder of its own that works on a scripted server, as an application opens it, but without backups. */
export class Paddock {
  readonly core: Core
  readonly settings: Settings
  readonly told: Told[] = []
  readonly workspace: string
  keepsEvents = false
  onDelta: () => void = () => {}

  constructor(base: string, folder: string, settings: Partial<Settings> = {}) {
    this.settings = Settings.parse({
      openai_api_base: base,
      max_concurrent_agents: 64,
      backups_kept: 0,
      ...settings,
    })
    this.workspace = join(folder, 'workspace')
    mkdirSync(this.workspace, { recursive: true })
    this.core = openCore(this.settings, {
      dataFolder: join(folder, 'data'),
      publish: (name, payload) => {
        if (name === 'delta') this.onDelta()
        else if (this.keepsEvents) this.told.push({ event: payload as RunEvent, at: performance.now() })
      },
    })
  }

  /** One orchestrator leads one run at a time. */
  orchestrator(): AgentOrchestrator {
    return new AgentOrchestrator(this.workspace, this.settings, this.core)
  }

  /** Rejects when the run does not end as it should: what fails costs less. */
  async run(workflow: Workflow = sixSteps, signal?: AbortSignal): Promise<void> {
    const { status } = await this.orchestrator().executeWorkflow(workflow, { requirement: 'Bench.' }, signal)
    const expected = signal ? 'cancelled' : 'completed'
    if (status !== expected) throw new Error(`A run is ${status}, not ${expected}.`)
  }

  /** Milliseconds from the making of the run that was told of to the end of its last task. */
  graphMs(): number {
    const created = this.told.find(({ event }) => event.type === 'run-created')!.at
    return this.told.findLast(({ event }) => event.type === 'task-completed')!.at - created
  }

  close(): void {
    this.core.ledger.close()
  }
}
