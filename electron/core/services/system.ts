import { join } from 'node:path'
import { systemStatus } from '../../../shared/agent-state.ts'
import type { AuditEntry } from '../../../shared/audit.ts'
import type { calls, SystemStatus } from '../../../shared/contract.ts'
import { AppError } from '../../../shared/errors.ts'
import { settleOpen } from '../../../shared/fold-task.ts'
import type { Check, Figures, FolderReport, ListedRehearsal } from '../../../shared/reports.ts'
import type { Services } from '../../../shared/rpc.ts'
import type { Core } from '../core.ts'
import { examine } from '../doctor.ts'
import { figuresOf } from '../figures.ts'
import { readKnownRun } from '../journal.ts'
import { serverOf } from '../model-servers.ts'
import { listRehearsals, loadRehearsal } from '../rehearsal/rehearsal.ts'
import { reportFolder } from '../report-folder.ts'

type SystemCalls = Services<typeof calls>['system']

/** Tells how the system does: its team, its figures, what is missing, and what it has written. */
export class SystemService implements SystemCalls {
  readonly #core: Core
  readonly #latest: () => string | undefined

  /** `latest` names the newest run. */
  constructor(core: Core, latest: () => string | undefined) {
    this.#core = core
    this.#latest = latest
  }

  async status({ id }: { id?: string | undefined }): Promise<SystemStatus & { figures: Figures }> {
    const { ledger } = this.#core
    const chosen = id ?? this.#latest()
    if (chosen === undefined)
      throw new AppError('not-found', 'There is no run yet.', {
        hint: 'Start one: paddock run DOCUMENT, or paddock rehearse',
      })
    const run = readKnownRun(ledger, chosen)
    // Where nobody leads the run any more, nobody works on it.
    const now = run.outcome || ledger.owner(run.id) ? run : { ...run, tasks: settleOpen(run) }
    const { slots } = serverOf(this.#core.settingsFor(), this.#core)
    const figures = await figuresOf(run, { ...this.#core, slots })
    return { ...systemStatus(now, new Date()), figures }
  }

  doctor({ workspace }: { workspace?: string | undefined }): Promise<Check[]> {
    return examine(this.#core, workspace)
  }

  rehearsals(): ListedRehearsal[] {
    const folder = join(this.#core.resources, 'rehearsal')
    return listRehearsals(folder).map((workflow) => {
      const { title, document } = loadRehearsal(join(folder, workflow))
      const base64 = Buffer.from(document.bytes).toString('base64')
      return { workflow, title, document: { name: document.name, base64 } }
    })
  }

  folder({ path }: { path: string }): Promise<FolderReport> {
    return reportFolder(path, this.#core.dataFolder)
  }

  audit({ id }: { id?: string | undefined }): AuditEntry[] {
    return this.#core.ledger.audited(id)
  }
}
