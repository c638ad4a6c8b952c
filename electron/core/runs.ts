import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Change } from '../../shared/change.ts'
import type { AcceptedFiles, calls, RunSummary, StartRun } from '../../shared/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { Services } from '../../shared/rpc.ts'
import type { Outcome, RunEvent } from '../../shared/run-event.ts'
import type { Run } from '../../shared/run.ts'
import { withSettings, type Core } from './core.ts'
import { acceptChanges, listChanges } from './files/changes.ts'
import { openWorkspace } from './files/workspace.ts'
import { Journal, noRun, readRun } from './journal.ts'
import { answersFolder, readAnswer } from './llm/raw-answer.ts'
import { AgentOrchestrator, type Begun } from './orchestrator.ts'
import { writeOutputs } from './outputs/write-outputs.ts'
import { loadRehearsal, startRehearsal } from './rehearsal/rehearsal.ts'
import { titleOf } from './run-title.ts'
import { WorkflowEngine } from './workflow-engine.ts'

/** Milliseconds between two looks for what other processes asked of the runs led here. */
const look = 200

type RunCalls = Services<typeof calls>['run']
/** A core, and what has to end with the run that uses it. */
type Host = { readonly core: Core; stop(): Promise<void> }
type Lead = { orchestrator: AgentOrchestrator; ended: Promise<Outcome> }

/** The runs of this data folder: those that this process leads, and what the ledger knows of all others. */
export class RunService implements RunCalls {
  readonly #core: Core
  readonly #host: Host
  readonly #leads = new Map<string, Lead>()
  /** Why a run could not go on, for those who ask afterwards. */
  readonly #faults = new Map<string, AppError>()
  #timer: NodeJS.Timeout | null = null
  #seen = 0

  constructor(core: Core) {
    this.#core = core
    this.#host = { core, stop: async () => {} }
  }

  async start({ workflow, requirement, documents, workspace, accept }: StartRun): Promise<{ id: string }> {
    const read = documents.map(({ name, base64 }) => ({ name, bytes: Buffer.from(base64, 'base64') }))
    const input = { requirement, documents: read, accept }
    return this.#begin(this.#host, workspace, (orchestrator) =>
      new WorkflowEngine(orchestrator).begin(workflow, input),
    )
  }

  async rehearse(input: { workflow: string; workspace: string; accept: boolean }): Promise<{ id: string }> {
    const { workflow, workspace, accept } = input
    this.#core.workflows.get(workflow)
    const { document } = loadRehearsal(this.#rehearsalFolder(workflow))
    const given = { documents: [document], accept, rehearsal: workflow }
    return this.#begin(await this.#rehearsalHost(workflow), workspace, (orchestrator) =>
      new WorkflowEngine(orchestrator).begin(workflow, given),
    )
  }

  async resume({ id }: { id?: string | undefined }): Promise<{ id: string }> {
    const chosen = id ?? this.#latestToResume()
    const run = this.#run(chosen)
    const host = run.rehearsal ? await this.#rehearsalHost(run.rehearsal) : this.#host
    return this.#begin(host, run.workspace, (orchestrator) => orchestrator.resume(chosen))
  }

  async #begin(
    { core, stop }: Host,
    workspace: string,
    begin: (orchestrator: AgentOrchestrator) => Promise<Begun>,
  ): Promise<{ id: string }> {
    try {
      const orchestrator = new AgentOrchestrator(workspace, core.settings, core)
      const begun = await begin(orchestrator)
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
        this.#faults.set(id, AppError.from(error))
        throw error
      })
      .finally(async () => {
        await stop().catch(() => {})
        this.#leads.delete(id)
        if (this.#leads.size === 0) this.#stopLooking()
      })
    // Whoever waits is told; `#faults` has it for those who ask later.
    ended.catch(() => {})
    this.#leads.set(id, { orchestrator, ended })
    this.#timer ??= setInterval(() => this.#lookForRequests(), look)
  }

  #stopLooking(): void {
    if (this.#timer) clearInterval(this.#timer)
    this.#timer = null
  }

  #lookForRequests(): void {
    try {
      const version = this.#core.ledger.version()
      if (version === this.#seen) return
      for (const { orchestrator } of this.#leads.values()) orchestrator.refresh()
      this.#seen = version
    } catch {
      // A ledger that cannot be read just now is looked at again; a run that needs it fails by itself.
    }
  }

  /** Where a rehearsal plays: the same ledger, but a model that is an endpoint with recorded answers. */
  async #rehearsalHost(workflow: string): Promise<Host> {
    const endpoint = await startRehearsal(this.#rehearsalFolder(workflow))
    const { settings } = this.#core
    const own = { ...settings, openai_api_base: endpoint.url, openai_api_model: 'rehearsal' }
    return { core: withSettings(this.#core, own), stop: () => endpoint.stop() }
  }

  #rehearsalFolder = (workflow: string) => join(this.#core.resources, 'rehearsal', workflow)

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
    if (run.outcome)
      throw new AppError('conflict', `The run ${id} has ended already: ${run.outcome}.`, {
        hint: `paddock show ${id}`,
      })
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
      await openWorkspace(run.workspace)
        .then((workspace) => writeOutputs(journal, workspace, 'cancelled'))
        .catch(() => null)
      await journal.append([
        { type: 'control-requested', action: 'cancel' },
        { type: 'run-ended', outcome: 'cancelled' },
      ])
    } finally {
      journal.close()
      ledger.release(run.id)
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

  async accept({ id, paths }: { id: string; paths?: string[] | undefined }): Promise<AcceptedFiles> {
    const run = this.#run(id)
    const journal = new Journal(this.#core.ledger, id)
    try {
      return await acceptChanges(journal, await openWorkspace(run.workspace), paths)
    } finally {
      journal.close()
    }
  }

  /** Ends every run that this process leads and waits until they have; they can be resumed. */
  async stop(): Promise<void> {
    await Promise.all([...this.#leads.values()].map(({ orchestrator }) => orchestrator.cancel()))
    this.#stopLooking()
  }

  #run(id: string): Run {
    const run = readRun(this.#core.ledger, id)
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
