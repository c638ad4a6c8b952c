import { setTimeout as sleep } from 'node:timers/promises'
import type { calls, RunSummary, StartRun } from '../../shared/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { Services } from '../../shared/rpc.ts'
import type { Outcome, RunEvent } from '../../shared/run-event.ts'
import type { Run, TaskState } from '../../shared/run.ts'
import { takeUpSettings, type Core } from './core.ts'
import { Journal, noRun, readRun, readKnownRun } from './journal.ts'
import { answersFolder, readAnswer, readCommittedAnswer } from './llm/raw-answer.ts'
import { AgentOrchestrator, type Begun } from './orchestrator.ts'
import { writeOutputs } from './outputs/write-outputs.ts'
import { layOut } from './rehearsal/lay-out.ts'
import { hostRehearsal, takeRehearsal, type Host } from './rehearsal/host-rehearsal.ts'
import { listRuns } from './list-runs.ts'
import { RunReview } from './run-review.ts'
import { makeWorkspace, openRunWorkspace } from './run-workspace.ts'
import { withCodeReview } from './code-review.ts'
import { tallyRun } from './tally-run.ts'
import { TaskManager } from './task-manager.ts'
import { WorkflowEngine } from './workflow-engine.ts'

/** Milliseconds between two looks whether another process has ended a run. */
const look = 200

/** A run on the server that the settings name. */
const configured: Host = { server: {}, stop: async () => {} }

type RunCalls = Services<typeof calls>['run']
type RehearseRun = Parameters<RunCalls['rehearse']>[0]
type Begin = (orchestrator: AgentOrchestrator, signal: AbortSignal) => Promise<Begun>
type Lead = { orchestrator: AgentOrchestrator; ended: Promise<Outcome> }

/** The runs of this data folder: those that this process leads, and what the ledger knows of all others. */
export class RunService extends RunReview implements RunCalls {
  readonly #core: Core
  readonly #leads = new Map<string, Lead>()
  /** Why a run could not go on, for those who ask afterwards. */
  readonly #faults = new Map<string, AppError>()
  /** Runs that are about to be led, and what gives them up when the app stops. */
  readonly #beginnings = new Set<Promise<unknown>>()
  readonly #stopped = new AbortController()

  constructor(core: Core) {
    super(core)
    this.#core = core
  }

  async start(input: StartRun): Promise<{ id: string }> {
    const { workflow, requirement, workspace, accept, include } = input
    const documents = input.documents.map(({ name, base64 }) => ({
      name,
      bytes: Buffer.from(base64, 'base64'),
    }))
    const template = this.#core.workflows.get(workflow, workspace, this.#core.agents.roles)
    const chosen = input.code_review ? withCodeReview(template) : template
    if (input.create_workspace) await makeWorkspace(this.#core, workspace)
    return this.#begin(configured, workspace, (orchestrator, signal) =>
      orchestrator.begin(chosen, { requirement, documents, accept, include }, signal),
    )
  }

  async rehearse(input: RehearseRun): Promise<{ id: string }> {
    const { workflow, accept } = input
    const { document, files } = takeRehearsal(this.#core, workflow, input.documents)
    const { root } = await makeWorkspace(this.#core, input.workspace)
    await layOut(files, await openRunWorkspace(this.#core, root, 'rehearsal'))
    // Recorded answers fit the recorded code, and no other.
    const include = files.map(({ path }) => path)
    const given = { documents: [document], accept, include, rehearsal: workflow }
    return this.#begin(await hostRehearsal(this.#core, workflow), root, (orchestrator, signal) =>
      new WorkflowEngine(orchestrator).begin(workflow, given, signal),
    )
  }

  async resume({ id }: { id?: string | undefined }): Promise<{ id: string; here: boolean }> {
    const chosen = id ?? this.#latestToResume()
    const run = this.#run(chosen)
    if (run.control === 'pause' && !run.outcome && this.#core.ledger.owner(chosen)) {
      await this.#core.ledger.append(chosen, [{ type: 'control-requested', action: 'continue' }])
      return { id: chosen, here: this.#leads.has(chosen) }
    }
    const host = run.rehearsal ? await hostRehearsal(this.#core, run.rehearsal) : configured
    await this.#begin(host, run.workspace, (orchestrator, signal) => orchestrator.resume(chosen, signal))
    return { id: chosen, here: true }
  }

  async pause({ id }: { id: string }): Promise<void> {
    const run = this.#run(id)
    if (run.outcome) throw hasEnded(run)
    if (run.control !== 'run')
      throw new AppError('conflict', `The run ${id} is not going on: it was asked to ${run.control}.`, {
        hint: `To go on: paddock resume ${id}`,
      })
    await this.#core.ledger.append(id, [{ type: 'control-requested', action: 'pause' }])
  }

  async gate(input: { id: string; task: string; open: boolean; comment: string }): Promise<void> {
    const { id, task, open, comment } = input
    const state = taskOf(this.#run(id), task)
    if (state.status !== 'gated')
      throw new AppError(
        'conflict',
        `Step ${state.task.context.step ?? task} does not wait at a gate: it is ${state.status}.`,
        {
          hint: `Which steps wait: paddock show ${id}`,
        },
      )
    await this.#core.ledger.append(id, [{ type: 'gate-decided', task, open, comment }])
    // Whoever leads the run marks what rests on a closed gate; where nobody does, it is marked here.
    if (open || this.#core.ledger.owner(id)) return
    const journal = new Journal(this.#core.ledger, id)
    await new TaskManager(journal).blockStopped().finally(() => journal.close())
  }

  async #begin(host: Host, workspace: string, begin: Begin): Promise<{ id: string }> {
    const beginning = this.#beginLead(host, workspace, begin)
    this.#beginnings.add(beginning)
    try {
      return await beginning
    } finally {
      this.#beginnings.delete(beginning)
    }
  }

  async #beginLead({ server, stop }: Host, workspace: string, begin: Begin): Promise<{ id: string }> {
    try {
      const settings = { ...(await takeUpSettings(this.#core, workspace)), ...server }
      const orchestrator = new AgentOrchestrator(workspace, settings, this.#core)
      const begun = await begin(orchestrator, this.#stopped.signal)
      this.#lead(begun, orchestrator, stop)
      return { id: begun.id }
    } catch (error) {
      await stop()
      throw error
    }
  }

  #lead({ id, finish }: Begun, orchestrator: AgentOrchestrator, stop: () => Promise<void>): void {
    this.#faults.delete(id)
    const ended = finish()
      .then(({ status }) => status)
      .catch((error: unknown) => {
        const fault = AppError.from(error)
        this.#faults.set(id, fault)
        if (fault.code !== 'cancelled') this.#core.log.error(`Run ${id} stopped`, { run: id, err: error })
        throw error
      })
      .finally(async () => {
        await stop().catch(() => {})
        // Meanwhile somebody may have gone on with it.
        if (this.#leads.get(id) === lead) this.#leads.delete(id)
        // A server may have been kept for this run only. Settings that cannot be read are told where they are used.
        await takeUpSettings(this.#core).catch(() => {})
      })
    // Whoever waits is told; `#faults` has it for those who ask later.
    ended.catch(() => {})
    const lead = { orchestrator, ended }
    this.#leads.set(id, lead)
  }

  async wait({ id }: { id: string }): Promise<{ outcome: Outcome }> {
    const lead = this.#leads.get(id)
    if (lead) return { outcome: await lead.ended }
    const fault = this.#faults.get(id)
    if (fault) throw fault
    const { outcome } = this.#run(id)
    if (outcome) return { outcome }
    throw new AppError('conflict', `The run ${id} is not led by this process.`)
  }

  async cancel({ id }: { id: string }): Promise<void> {
    const lead = this.#leads.get(id)
    // First of all: it has to work with a ledger that is sick, too.
    if (lead) return lead.orchestrator.cancel()
    const run = this.#run(id)
    if (run.outcome) throw hasEnded(run)
    const { ledger } = this.#core
    if (!ledger.owner(id)) return this.#end(run)
    await ledger.append(id, [{ type: 'control-requested', action: 'cancel' }])
    while (ledger.owner(id) && !this.#run(id).outcome) await sleep(look)
    // Its owner may have died before it could.
    const after = this.#run(id)
    if (!after.outcome) await this.#end(after)
  }

  /** Ends a run that nobody leads. Its outputs are written where its workspace still is. */
  async #end(run: Run): Promise<void> {
    const { ledger } = this.#core
    ledger.claim(run.id)
    const journal = new Journal(ledger, run.id)
    try {
      await openRunWorkspace(this.#core, run.workspace, run.id)
        .then((workspace) => writeOutputs(journal, workspace, 'cancelled'))
        .catch(() => null)
      await journal.append([
        { type: 'control-requested', action: 'cancel' },
        { type: 'run-ended', outcome: 'cancelled', tally: tallyRun(run) },
      ])
    } finally {
      journal.close()
      ledger.release(run.id)
    }
  }

  list(): RunSummary[] {
    return listRuns(this.#core.ledger, {
      tallyOf: (id) => this.#leads.get(id)?.orchestrator.tally() ?? null,
      faultOf: (id) => this.#faults.get(id) ?? null,
    })
  }

  events({ id, after }: { id: string; after: number }): RunEvent[] {
    const events = this.#core.ledger.read(id, after)
    if (events.length === 0 && after === 0) throw noRun(id)
    return events
  }

  async answer({ id, call, offset }: { id: string; call: string; offset: number }): Promise<string> {
    const { ledger, dataFolder } = this.#core
    const folder = answersFolder(dataFolder, id)
    const calls = Object.values(readRun(ledger, id).tasks).flatMap((state) => state.calls)
    const ended = calls.find((one) => one.id === call)?.answer
    const text = ended && (await readCommittedAnswer(folder, call, ended.hash, (hash) => ledger.blob(hash)))
    return (text ?? (await readAnswer(folder, call))).slice(offset)
  }

  async retry({ id, task }: { id: string; task: string }): Promise<{ id: string }> {
    const { ledger } = this.#core
    const state = taskOf(this.#run(id), task)
    if (ledger.owner(id))
      throw new AppError('conflict', `The run ${id} is going on.`, {
        hint: 'Stop it, or wait until it has ended; then run the step again.',
      })
    if (state.status === 'pending')
      throw new AppError('conflict', `${task} has not run yet.`, { hint: 'Resume the run instead.' })
    await ledger.append(id, [{ type: 'task-restarted', task, from: 'beginning' }])
    await this.resume({ id })
    return { id }
  }

  async remove({ id }: { id: string }): Promise<void> {
    const { outcome } = this.#run(id)
    if (!outcome || this.#core.ledger.owner(id))
      throw new AppError('conflict', `The run ${id} has not ended.`, {
        hint: 'Stop it first; then it can be taken off the list.',
      })
    await this.#core.ledger.append(id, [{ type: 'control-requested', action: 'remove' }])
  }

  /** Ends every run that this process leads, or begins to, and waits until they have; they can be resumed. Paused ones stay paused. */
  async stop(): Promise<void> {
    this.#stopped.abort()
    await Promise.allSettled(this.#beginnings)
    await Promise.all([...this.#leads.values()].map(({ orchestrator }) => orchestrator.leave()))
  }

  #run = (id: string): Run => readKnownRun(this.#core.ledger, id)

  #latestToResume(): string {
    const latest = this.list().find(({ status }) => status !== 'completed' && status !== 'running')
    if (latest) return latest.id
    throw new AppError('not-found', 'There is no run to go on with.', {
      hint: 'paddock list shows all runs.',
    })
  }
}

function taskOf({ id, tasks }: Run, task: string): TaskState {
  const state = Object.hasOwn(tasks, task) ? tasks[task] : undefined
  if (state) return state
  throw new AppError('not-found', `The run ${id} has no task ${task}.`, {
    hint: `Its tasks: paddock show ${id}`,
  })
}

const hasEnded = ({ id, outcome }: Run) =>
  new AppError('conflict', `The run ${id} has ended already: ${outcome}.`, {
    hint: `Look at it: paddock show ${id}`,
  })
