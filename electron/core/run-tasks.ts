import type { Task } from '../../shared/task.ts'
import type { Journal } from './journal.ts'
import type { TaskManager } from './task-manager.ts'

type Graph = {
  journal: Journal
  tasks: TaskManager
  /** Does one task to its end; a failed task is no rejection. */
  execute(task: Task): Promise<unknown>
  signal: AbortSignal
  /** Waits while nothing can be done before a person decides; nothing is started until it resolves. */
  rest?(decided: Promise<void>): Promise<void>
}

/**
 * Runs every task as soon as its own dependencies are done. Returns when nothing can go on: all tasks settled, or the
 * signal fired and all that ran has ended. Rejects, once all has ended, with what a task rejected with.
 */
export async function runTasks(graph: Graph): Promise<void> {
  const { journal, tasks, execute, signal, rest = (decided) => decided } = graph
  const running = new Set<string>()
  const faults: unknown[] = []
  let wake = () => {}
  const start = async (task: Task) => {
    running.add(task.task_id)
    try {
      await execute(task)
    } catch (error) {
      faults.push(error)
    } finally {
      running.delete(task.task_id)
      wake()
    }
  }
  const next = () =>
    !signal.aborted && faults.length === 0 && journal.run.control === 'run' ? tasks.getNextTask() : null
  const stopListening = journal.listen(() => wake())
  const onAbort = () => wake()
  signal.addEventListener('abort', onAbort)
  try {
    for (;;) {
      const changed = new Promise<void>((resolve) => (wake = resolve))
      // What still runs has to end first, even where the ledger fails.
      if (faults.length === 0) await tasks.blockStopped().catch((error: unknown) => faults.push(error))
      for (let task = next(); task; task = next()) void start(task)
      if (running.size > 0) await changed
      else if (signal.aborted || faults.length > 0 || !isHeld(journal)) break
      else await rest(changed)
    }
  } finally {
    stopListening()
    signal.removeEventListener('abort', onAbort)
  }
  if (faults.length > 0) throw faults[0]
}

/** Whether the run waits for a person: at a gate, or because it is paused with work left. */
function isHeld({ run }: Journal): boolean {
  const states = Object.values(run.tasks)
  if (states.some(({ status }) => status === 'gated')) return true
  return run.control === 'pause' && states.some(({ status }) => status === 'pending')
}
