import { AppError } from '../../../shared/errors.ts'
import type { Change } from '../../../shared/change.ts'
import type { Journal } from '../journal.ts'
import type { Workspace } from '../files/workspace.ts'

/** Folder of a run's exported files, relative to the workspace. */
export const generatedFolder = (id: string) => `output/generated/${id}`

/** What keeps the export out of a repository, and its tests out of the workspace's own test runs. */
const markers: Readonly<Record<string, string>> = {
  '.gitignore': '*\n',
  'conftest.py': "# Exported for review: not part of this project's tests.\ncollect_ignore_glob = ['*']\n",
}

/**
 * Exports whole and undisputed drafts twice: merged as one project, and by the agent that wrote them. Files that tools
 * obey as soon as they lie somewhere are not exported. Returns what could not be written, with the reason.
 */
export async function exportFiles(
  journal: Journal,
  workspace: Workspace,
  changes: readonly Change[],
): Promise<{ path: string; reason: string }[]> {
  const folder = generatedFolder(journal.run.id)
  const failures: { path: string; reason: string }[] = []
  const copies: { of: string; path: string; bytes: Uint8Array }[] = []
  for (const { path, agent, hash, held } of changes) {
    if (held !== null) continue
    try {
      const bytes = journal.blob(hash)
      copies.push({ of: path, path: `${folder}/merged/${path}`, bytes })
      copies.push({ of: path, path: `${folder}/by-agent/${agent}/${path}`, bytes })
    } catch (error) {
      failures.push({ path, reason: AppError.from(error).message })
    }
  }
  const marks = Object.entries(markers).map(([name, text]) => ({
    path: `${folder}/${name}`,
    bytes: Buffer.from(text),
  }))
  const results = await workspace.writeAll([...marks, ...copies])
  const unmarked = results.slice(0, marks.length).find((result) => result.status === 'rejected')
  if (unmarked) throw unmarked.reason
  for (const [index, result] of results.slice(marks.length).entries()) {
    const path = copies[index]!.of
    if (result.status === 'fulfilled' || failures.some((other) => other.path === path)) continue
    failures.push({ path, reason: AppError.from(result.reason).message })
  }
  return failures
}
