import { AppError } from '../../../shared/errors.ts'
import type { Workspace } from '../files/workspace.ts'

/** A file that is in the workspace before a rehearsal begins. */
export type GivenFile = { readonly path: string; readonly bytes: Uint8Array }

/**
 * Puts the files that a rehearsal works on into the workspace. Throws `conflict`, and writes nothing, where one of
 * them is there with other content: it is the person's.
 */
export async function layOut(files: readonly GivenFile[], workspace: Workspace): Promise<void> {
  const missing: GivenFile[] = []
  for (const file of files) {
    const old = await workspace.read(file.path)
    if (old === null) missing.push(file)
    else if (Buffer.compare(old, file.bytes) !== 0)
      throw new AppError('conflict', `The workspace has another ${file.path} than this rehearsal.`, {
        hint: 'Choose an empty folder as the workspace of the rehearsal.',
      })
  }
  for (const { path, bytes } of missing) await workspace.write(path, bytes)
}
