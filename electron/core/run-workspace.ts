import type { Core } from './core.ts'
import { auditWorkspace } from './audit/audited-workspace.ts'
import { refuseMistake } from './files/workspace-choice.ts'
import { openWorkspace, type Workspace } from './files/workspace.ts'

/** A run's workspace; every write to it goes on record. Throws AppError where the folder cannot be used. */
export async function openRunWorkspace({ ledger }: Core, root: string, run: string): Promise<Workspace> {
  return auditWorkspace(await openWorkspace(root), (entry) => ledger.audit({ ...entry, run }))
}

/** The same for a run that begins: a folder that only a mistake makes a workspace is refused. */
export async function openNewWorkspace(core: Core, root: string, run: string): Promise<Workspace> {
  refuseMistake(root, core.dataFolder)
  return openRunWorkspace(core, root, run)
}

/** Makes a folder that a run is to begin in, where it is missing; refused before anything is made. */
export async function makeWorkspace({ dataFolder }: Core, root: string): Promise<Workspace> {
  refuseMistake(root, dataFolder)
  return openWorkspace(root, { create: true })
}
