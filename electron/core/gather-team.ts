import type { ModelStatus } from '../../shared/model.ts'
import type { Settings } from '../../shared/settings.ts'
import type { Team } from './agents/base-agent.ts'
import type { Core } from './core.ts'
import type { CustomFormat } from './files/custom-format.ts'
import { FileWriter } from './files/file-writer.ts'
import type { Journal } from './journal.ts'
import { answersFolder } from './llm/raw-answer.ts'
import { MessageBus } from './message-bus.ts'
import type { TaskManager } from './task-manager.ts'

type RunParts = {
  journal: Journal
  tasks: TaskManager
  status: ModelStatus
  signal: AbortSignal
  custom: CustomFormat | null
}

/** What the agents of a run work with: its journal, tasks and messages, and the server that all runs share. */
export function gatherTeam(core: Core, settings: Settings, run: RunParts): Team {
  const { journal, tasks, status, signal, custom } = run
  const { id } = journal.run
  core.slots.resize(Math.min(status.slots, settings.max_concurrent_agents))
  return {
    asking: {
      journal,
      model: core.model(),
      status,
      slots: core.slots,
      settings,
      answers: answersFolder(core.dataFolder, id),
      tellDelta: (delta) => core.publish('delta', { run: id, ...delta }),
      signal,
    },
    prompts: core.prompts,
    tasks,
    bus: new MessageBus(journal),
    files: new FileWriter((events, blobs) => journal.append(events, blobs), custom),
    log: core.log,
  }
}
