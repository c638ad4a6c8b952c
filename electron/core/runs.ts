import { join } from 'node:path'
import type { Change } from '../../shared/change.ts'
import type { AcceptedFiles, calls, RunSummary, StartRun } from '../../shared/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { Services } from '../../shared/rpc.ts'
import type { Outcome, RunEvent } from '../../shared/run-event.ts'
import type { Run } from '../../shared/run.ts'
import type { Core } from './core.ts'
import { acceptChanges, listChanges } from './files/changes.ts'
import { openWorkspace } from './files/workspace.ts'
import { Journal } from './journal.ts'
import { createModel } from './llm/model.ts'
import { answersFolder, readAnswer } from './llm/raw-answer.ts'
import { Slots } from './llm/slots.ts'
import { AgentOrchestrator } from './orchestrator.ts'
import type { RunInput } from './run-input.ts'
import { writeOutputs } from './outputs/write-outputs.ts'
import { loadRehearsal, startRehearsal } from './rehearsal/rehearsal.ts'
import { titleOf } from './run-title.ts'
import { WorkflowEngine } from './workflow-engine.ts'

/** Milliseconds between two looks for what other processes asked of the runs led here. */
const look = 200

type RunCalls = Services<typeof calls>['run']
type Lead = { orchestrator: AgentOrchestrator; ended: Promise<Outcome> }

/** The runs of this data folder: those that this process leads, and what the ledger knows of all others. */
export class RunService implements RunCalls {
  readonly #core: Core
  readonly #leads = new Map<string, Lead>()
  #timer: NodeJS.Timeout | null = null
  #seen = 0

  constructor(core: Core) {
    this.#core = core
  }

  async start({ workflow, requirement, documents, workspace, accept }: StartRun): Promise<{ id: string }> {
    const read = documents.map(({ name, base64 }) => ({ name, bytes: Buffer.from(base64, 'base64') }))
    return this.#begin(this.#core, workflow, workspace, { requirement, documents: read, accept })
  }

  async rehearse(input: { workflow: string; workspace: string; accept: boolean }): Promise<{ id: string }> {
    const { workflow, workspace, accept } = input
    this.#core.workflows.get(workflow)
    const { document } = loadRehearsal(this.#rehearsalFolder(workflow))
    const { core, stop } = await this.#rehearsalCore(workflow)
    const given = { documents: [document], accept, rehearsal: workflow }
    return this.#begin(core, workflow, workspace, given, stop)
  }

  async resume({ id }: { id?: string }): Promise<{ id: string }> {
    const chosen = id ?? this.#latestToResume()
    const run = this.#run(chosen)
    if (run.outcome === 'completed')
      throw new AppError('conflict', `The run ${chosen} is completed: nothing is left to do.`, {
        hint: `Look at it: paddock show ${chosen}`,
      })
    const owner = this.#core.ledger.owner(chosen)
    if (owner)
      throw new AppError('conflict', `The run ${chosen} is being led by process ${owner.pid}.`, {
        hint: 'Wait for it to end, or cancel it first.',
      })
    const { core, stop } = run.rehearsal
      ? await this.#rehearsalCore(run.rehearsal)
      : { core: this.#core, stop: async () => {} }
    const orchestrator = new AgentOrchestrator(run.workspace, core.settings, core)
    try {
      const { finish } = await orchestrator.resume(chosen)
      this.#lead(chosen, orchestrator, finish, stop)
    } catch (error) {
      await stop()
      throw error
    }
    return { id: chosen }
  }

  async #begin(
    core: Core,
    workflow: string,
    workspace: string,
    input: RunInput,
    stop = async () => {},
  ): Promise<{ id: string }> {
    try {
      const orchestrator = new AgentOrchestrator(workspace, core.settings, core)
      const { id, finish } = await new WorkflowEngine(orchestrator).begin(workflow, input)
      this.#lead(id, orchestrator, finish, stop)
      return { id }
    } catch (error) {
      await stop()
      throw error
    }
  }

  #lead(
    id: string,
    orchestrator: AgentOrchestrator,
    finish: () => Promise<{ status: Outcome }>,
    stop: () => Promise<void>,
  ): void {
    const ended = finish()
      .then(({ status }) => status)
      .finally(async () => {
        this.#core.ledger.release(id)
        this.#leads.delete(id)
        if (this.#leads.size === 0) this.#stopLooking()
        await stop()
      })
    ended.catch(() => {})
    this.#leads.set(id, { orchestrator, ended })
    this.#timer ??= setInterval(() => this.#lookForRequests(), look)
  }

  #stopLooking(): void {
    if (this.#timer) clearInterval(this.#timer)
    this.#timer = null
  }

  #lookForRequests(): void {
    const version = this.#core.ledger.version()
    if (version === this.#seen) return
    this.#seen = version
    for (const { orchestrator } of this.#leads.values()) orchestrator.refresh()
  }

  /** The core of a rehearsal: the same ledger, but a model that is an endpoint with recorded answers. */
  async #rehearsalCore(workflow: string): Promise<{ core: Core; stop: () => Promise<void> }> {
    const endpoint = await startRehearsal(this.#rehearsalFolder(workflow))
    const settings = { ...this.#core.settings, openai_api_base: endpoint.url, openai_api_model: 'rehearsal' }
    return {
      core: { ...this.#core, settings, model: createModel(settings), slots: new Slots(1) },
      stop: () => endpoint.stop(),
    }
  }

  #rehearsalFolder = (workflow: string) => join(this.#core.resources, 'rehearsal', workflow)

  async wait({ id }: { id: string }): Promise<{ outcome: Outcome }> {
    const lead = this.#leads.get(id)
    if (lead) return { outcome: await lead.ended }
    const { outcome } = this.#run(id)
    if (outcome) return { outcome }
    throw new AppError('conflict', `The run ${id} is not led by this process.`)
  }

  async cancel({ id }: { id: string }): Promise<void> {
    const run = this.#run(id)
    if (run.outcome)
      throw new AppError('conflict', `The run ${id} has ended already: ${run.outcome}.`, {
        hint: `paddock show ${id}`,
      })
    const { ledger } = this.#core
    if (ledger.owner(id)) {
      await ledger.append(id, [{ type: 'control-requested', action: 'cancel' }])
      this.#leads.get(id)?.orchestrator.cancel()
      return
    }
    ledger.claim(id)
    try {
      const journal = new Journal(ledger, id)
      await writeOutputs(journal, await openWorkspace(run.workspace), 'cancelled')
      await journal.append([
        { type: 'control-requested', action: 'cancel' },
        { type: 'run-ended', outcome: 'cancelled' },
      ])
    } finally {
      ledger.release(id)
    }
  }

  list(): RunSummary[] {
    return this.#core.ledger.runs().map(({ created, ended, owner }) => {
      if (created.type !== 'run-created')
        throw new AppError('internal', `The run ${created.run} has no beginning.`)
      const { run: id, workflow, workspace, rehearsal, at } = created
      const outcome = ended?.type === 'run-ended' ? ended.outcome : null
      return {
        id,
        title: titleOf(created, (hash) => this.#text(hash)),
        workflow: workflow.id,
        workspace,
        rehearsal,
        created_at: at,
        ended_at: ended?.at ?? null,
        status: outcome ?? (owner ? 'running' : 'interrupted'),
      }
    })
  }

  events({ id, after }: { id: string; after: number }): RunEvent[] {
    const events = this.#core.ledger.read(id, after)
    if (events.length === 0 && after === 0) throw noRun(id)
    return events
  }

  async answer({ id, call, offset }: { id: string; call: string; offset: number }): Promise<string> {
    return (await readAnswer(answersFolder(this.#core.dataFolder, id), call)).slice(offset)
  }

  async changes({ id }: { id: string }): Promise<Change[]> {
    const run = this.#run(id)
    return listChanges(run, await openWorkspace(run.workspace))
  }

  async accept({ id, paths }: { id: string; paths?: string[] }): Promise<AcceptedFiles> {
    const run = this.#run(id)
    return acceptChanges(new Journal(this.#core.ledger, id), await openWorkspace(run.workspace), paths)
  }

  /** Ends every run that this process leads and waits until they have; they can be resumed. */
  async stop(): Promise<void> {
    const leads = [...this.#leads.values()]
    for (const { orchestrator } of leads) orchestrator.cancel()
    await Promise.allSettled(leads.map(({ ended }) => ended))
  }

  #run(id: string): Run {
    const { run } = new Journal(this.#core.ledger, id)
    if (run.seq === 0) throw noRun(id)
    return run
  }

  #latestToResume(): string {
    const latest = this.list().find(({ status }) => status !== 'completed' && status !== 'running')
    if (latest) return latest.id
    throw new AppError('not-found', 'There is no run to go on with.', {
      hint: 'paddock list shows all runs.',
    })
  }

  #text(hash: string): string {
    return Buffer.from(this.#core.ledger.blob(hash) ?? []).toString('utf8')
  }
}

const noRun = (id: string) =>
  new AppError('not-found', `There is no run ${id}.`, { hint: 'paddock list shows all runs.' })
