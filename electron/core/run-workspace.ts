import type { Core } from './core.ts'
import { auditWorkspace } from './audit/audited-workspace.ts'
import { openWorkspace, type Workspace } from './files/workspace.ts'

/** A run's workspace; every write to it goes on record. Throws AppError where the folder cannot be used. */
export async function openRunWorkspace({ ledger }: Core, root: string, run: string): Promise<Workspace> {
  return auditWorkspace(await openWorkspace(root), (entry) => ledger.audit({ ...entry, run }))
}
