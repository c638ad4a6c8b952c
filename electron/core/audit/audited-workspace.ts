import { lstatSync } from 'node:fs'
import { join } from 'node:path'
import type { AuditEntry } from '../../../shared/audit.ts'
import type { Workspace } from '../files/workspace.ts'
import { blobOf } from '../store/ledger.ts'

/** A written file as the audit is told of it. */
export type AuditedWrite = Omit<AuditEntry, 'seq' | 'run'>

/**
 * The same workspace, with every write on record: those that failed too, with the hash of what was to be written. No
 * write waits for the record, which therefore must not throw or reject.
 */
export function auditWorkspace(workspace: Workspace, record: (entry: AuditedWrite) => unknown): Workspace {
  const { root } = workspace
  const writeAll: Workspace['writeAll'] = async (files) => {
    const before = await Promise.all(files.map(({ path }) => hashOf(workspace, path)))
    const results = await workspace.writeAll(files)
    for (const [index, { path, bytes }] of files.entries()) {
      const previous = before[index] ?? null
      const done = previous === null ? 'created' : 'replaced'
      const action = results[index]?.status === 'rejected' ? 'failed' : done
      const at = new Date().toISOString()
      record({ at, action, path: join(root, path), hash: blobOf(bytes).hash, previous, bytes: bytes.length })
    }
    return results
  }
  return {
    root,
    read: (path) => workspace.read(path),
    async write(path, bytes) {
      const [result] = await writeAll([{ path, bytes }])
      if (result?.status === 'rejected') throw result.reason
    },
    writeAll,
  }
}

/** What stands at a path; null where nothing can be read: the write then says why. */
async function hashOf(workspace: Workspace, path: string): Promise<string | null> {
  try {
    // Most files are new: to look is far cheaper than a read that finds nothing.
    if (!lstatSync(join(workspace.root, path), { throwIfNoEntry: false })) return null
    const bytes = await workspace.read(path)
    return bytes && blobOf(bytes).hash
  } catch {
    return null
  }
}
