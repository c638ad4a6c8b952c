import type { Core } from './core.ts'
import type { Workspace } from './files/workspace.ts'
import { Journal, noRun } from './journal.ts'
import { noteChangedCode } from './run-code.ts'
import { openRunWorkspace } from './run-workspace.ts'

/** Looks at a run beside its workspace as it is now: what was built on a file that has changed since is stale. */
export async function reviewRun<T>(
  core: Core,
  id: string,
  look: (journal: Journal, workspace: Workspace) => Promise<T>,
): Promise<T> {
  const journal = new Journal(core.ledger, id)
  try {
    if (journal.run.seq === 0) throw noRun(id)
    const workspace = await openRunWorkspace(core, journal.run.workspace, id)
    await noteChangedCode(journal, workspace.root)
    return await look(journal, workspace)
  } finally {
    journal.close()
  }
}
