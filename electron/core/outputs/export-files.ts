import type { Change } from '../../../shared/change.ts'
import type { Journal } from '../journal.ts'
import type { Workspace } from '../files/workspace.ts'

/** Folder of a run's exported files, relative to the workspace. */
export const generatedFolder = (id: string) => `output/generated/${id}`

/**
 * Exports whole and undisputed drafts twice: merged as one project, and by the agent that wrote them. Files that tools
 * obey as soon as they lie somewhere are not exported; a `.gitignore` keeps the rest out of a repository.
 */
export async function exportFiles(
  journal: Journal,
  workspace: Workspace,
  changes: readonly Change[],
): Promise<void> {
  const folder = generatedFolder(journal.run.id)
  await workspace.write(`${folder}/.gitignore`, Buffer.from('*\n'))
  for (const { path, agent, hash, held } of changes) {
    if (held !== null) continue
    const bytes = journal.blob(hash)
    await workspace.write(`${folder}/merged/${path}`, bytes)
    await workspace.write(`${folder}/by-agent/${agent}/${path}`, bytes)
  }
}
