import { AppError } from '../../shared/errors.ts'
import { readyTasks, stoppedTasks } from '../../shared/run-graph.ts'
import type { TaskState, TaskStatus } from '../../shared/run.ts'
import { Task, type TaskResult } from '../../shared/task.ts'
import type { WorkflowStep } from '../../shared/workflow.ts'
import type { Journal } from './journal.ts'

/** The task of each step of a workflow; a step's dependencies become its tasks'. */
export function createTaskGraph(steps: readonly WorkflowStep[], now: Date): Task[] {
  return steps.map(({ step, agent_role, task_type, description, depends_on, priority, gate }) =>
    Task.parse({
      task_id: taskIdOf(step),
      description,
      context: { step, agent_role, task_type, gate },
      priority,
      dependencies: depends_on.map(taskIdOf),
      created_at: now.toISOString(),
    }),
  )
}

const taskIdOf = (step: number) => `task_${step}`

/** The tasks of one run: what is queued, what may start, what became of each. All of it lives in the run's journal. */
export class TaskManager {
  readonly #journal: Journal
  readonly #taken = new Set<string>()
  #blocking: Promise<void> = Promise.resolve()

  constructor(journal: Journal) {
    this.#journal = journal
  }

  /** Puts a task in the queue; throws `conflict` for an id that is there and `not-found` for an unknown dependency. */
  async addTask(task: Task): Promise<void> {
    const { tasks } = this.#journal.run
    if (tasks[task.task_id]) throw new AppError('conflict', `There is a task ${task.task_id} already.`)
    const unknown = task.dependencies.find((need) => !tasks[need])
    if (unknown) throw new AppError('not-found', `${task.task_id} depends on ${unknown}, which is not there.`)
    await this.#journal.append([{ type: 'task-added', task }])
  }

  /** The next task that may start, the more important first; it is not given out twice. */
  getNextTask(): Task | null {
    const next = readyTasks(this.#journal.run).find(({ task }) => !this.#taken.has(task.task_id))
    if (!next) return null
    this.#taken.add(next.task.task_id)
    return next.task
  }

  /** Resolves when it is on disk, at the latest with the next event that is waited for. */
  async markStarted(taskId: string, agentId: string): Promise<void> {
    await this.#journal.note([{ type: 'task-started', task: taskId, agent: agentId }])
  }

  /** Puts a task back in the queue: one that was given out and not finished, or one that failed. */
  async enqueueTask(taskId: string): Promise<void> {
    const { status, failedParts } = this.#state(taskId)
    this.#taken.delete(taskId)
    if (status !== 'failed') return
    const from = failedParts.length > 0 ? 'failed-parts' : 'beginning'
    await this.#journal.append([{ type: 'task-restarted', task: taskId, from }])
  }

  async markCompleted(taskId: string, result: TaskResult): Promise<Task> {
    await this.#journal.append([{ type: 'task-completed', task: taskId, result }])
    return this.#settled(taskId)
  }

  /** Records the failure, and that every task which rests on this one cannot run. */
  async markFailed(taskId: string, error: AppError, parts: readonly string[] = []): Promise<Task> {
    await this.#journal.append([
      { type: 'task-failed', task: taskId, error: error.toJSON(), parts: [...parts] },
    ])
    await this.blockStopped()
    return this.#settled(taskId)
  }

  /** Records every task that can never run, because what it rests on failed or a person closed its gate. */
  async blockStopped(): Promise<void> {
    if (stoppedTasks(this.#journal.run).length === 0) return
    // One after the other: two failures at once must not block the same task twice.
    const blocking = this.#blocking.then(() => this.#block())
    this.#blocking = blocking.catch(() => {})
    await blocking
  }

  async #block(): Promise<void> {
    for (
      let stopped = stoppedTasks(this.#journal.run);
      stopped.length > 0;
      stopped = stoppedTasks(this.#journal.run)
    )
      await this.#journal.append(stopped.map(({ id, by }) => ({ type: 'task-blocked', task: id, by })))
  }

  getTaskStatus(taskId: string): TaskStatus {
    return this.#state(taskId).status
  }

  getAllTasksStatus(): Record<string, TaskStatus> {
    const states = Object.values(this.#journal.run.tasks)
    return Object.fromEntries(states.map(({ task, status }) => [task.task_id, status]))
  }

  #settled(taskId: string): Task {
    this.#taken.delete(taskId)
    return this.#state(taskId).task
  }

  #state(taskId: string): TaskState {
    const state = this.#journal.run.tasks[taskId]
    if (!state) throw new AppError('not-found', `There is no task ${taskId}.`)
    return state
  }
}
