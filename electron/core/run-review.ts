import { join } from 'node:path'
import type { Change, Decision, Draft } from '../../shared/change.ts'
import type { AcceptedFiles } from '../../shared/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { RunOutputs } from '../../shared/reports.ts'
import type { NewRunEvent } from '../../shared/run-event.ts'
import type { FileState, FileVersion, Run } from '../../shared/run.ts'
import type { Core } from './core.ts'
import { acceptChanges, listChanges, type Seen } from './files/changes.ts'
import { judgeCompleteness } from './files/complete.ts'
import { isPlausiblePath } from './files/plausible-path.ts'
import { readKnownRun } from './journal.ts'
import { namesContent } from './names-content.ts'
import { outputPaths } from './outputs/output-paths.ts'
import { reviewRun } from './review-run.ts'
import { openRunWorkspace } from './run-workspace.ts'
import { blobOf, type Blob } from './store/ledger.ts'

type FileOfRun = { id: string; path: string }

/** What a person sees of a run's files, and does to them. Only `accept` writes to the workspace. */
export class RunReview {
  readonly #core: Core

  constructor(core: Core) {
    this.#core = core
  }

  async changes({ id }: { id: string }): Promise<Change[]> {
    return reviewRun(this.#core, id, (journal, workspace) => listChanges(journal.run, workspace))
  }

  async accept(input: { id: string; paths?: string[] | undefined; seen: Seen }): Promise<AcceptedFiles> {
    const { id, paths, seen } = input
    return reviewRun(this.#core, id, (journal, workspace) => acceptChanges(journal, workspace, paths, seen))
  }

  content({ id, hash }: { id: string; hash: string }): string {
    const bytes = namesContent(this.#known(id), hash) ? this.#core.ledger.blob(hash) : null
    if (bytes) return Buffer.from(bytes).toString('utf8')
    throw new AppError('not-found', `The run ${id} has no content ${hash.slice(0, 12)}.`, {
      hint: 'The step may have been run again since: open the run once more.',
    })
  }

  async disk({ id, path }: FileOfRun): Promise<{ text: string; hash: string } | null> {
    const run = this.#known(id)
    fileOf(run, path)
    const workspace = await openRunWorkspace(this.#core, run.workspace, id)
    const bytes = await workspace.read(path)
    return bytes && { text: bytes.toString('utf8'), hash: blobOf(bytes).hash }
  }

  async decide(input: FileOfRun & { hash: string; decision: Decision | null }): Promise<void> {
    const { id, path, hash, decision } = input
    const run = this.#known(id)
    refuseOther(lastOf(run, path), hash)
    await this.#append(run, [{ type: 'file-decided', path, decision, hash }])
  }

  async edit(input: FileOfRun & { base: string; content: string }): Promise<void> {
    const { id, path, base, content } = input
    const run = this.#known(id)
    const last = lastOf(run, path)
    refuseOther(last, base)
    const blob = blobOf(content)
    const { call, language } = last
    const draft: Draft = {
      ...{ path, call, language, line: 0 },
      ...{
        hash: blob.hash,
        bytes: blob.bytes.length,
        complete: true,
        elided: false,
        how: 'person',
        note: null,
      },
    }
    await this.#append(run, [{ type: 'file-edited', path, draft }], [blob])
  }

  async choose({ id, path, hash }: FileOfRun & { hash: string }): Promise<void> {
    const run = this.#known(id)
    const { conflict, versions } = fileOf(run, path)
    if (![...conflict, ...versions].some((version) => version.hash === hash))
      throw new AppError('not-found', `${path} has no such version.`, { hint: 'Open the run once more.' })
    await this.#append(run, [{ type: 'version-chosen', path, hash }])
  }

  async place(
    input: FileOfRun & { call: string; line: number; hash: string; only_new: boolean },
  ): Promise<void> {
    const { id, call, line, hash } = input
    const run = this.#known(id)
    const block = run.unplaced.find(
      (other) => other.call === call && other.line === line && other.hash === hash,
    )
    if (!block)
      throw new AppError('not-found', 'There is no such block without a name.', {
        hint: 'It may have been named already: open the run once more.',
      })
    const path = nameFor(input.path)
    if (input.only_new) refuseSecondVersion(run, path, hash)
    const { bytes, language, task } = block
    // A name makes nothing whole that its end or a comment shows to be a part.
    const { complete, elided } = judgeCompleteness(
      { content: this.content({ id, hash }), language, closed: true },
      path,
    )
    const draft: Draft = {
      ...{ path, hash, bytes, language, complete, elided: elided !== null },
      ...{ how: 'person', note: null, call, line },
    }
    await this.#append(run, [{ type: 'block-placed', task, draft }])
  }

  async outputs({ id }: { id: string }): Promise<RunOutputs> {
    const run = this.#known(id)
    const workspace = await openRunWorkspace(this.#core, run.workspace, id)
    const read = async (path: string) => {
      const bytes = await workspace.read(path)
      return bytes && { path: join(workspace.root, path), text: bytes.toString('utf8') }
    }
    const { result, summary } = outputPaths(id)
    return { result: await read(result), summary: await read(summary) }
  }

  #known = (id: string): Run => readKnownRun(this.#core.ledger, id)

  async #append({ id }: Run, events: readonly NewRunEvent[], blobs: readonly Blob[] = []): Promise<void> {
    await this.#core.ledger.append(id, events, { blobs })
  }
}

function fileOf(run: Run, path: string): FileState {
  const file = Object.hasOwn(run.files, path) ? run.files[path] : undefined
  if (file) return file
  throw new AppError('not-found', `The run ${run.id} has no file ${path}.`, {
    hint: 'Open the run once more.',
  })
}

function lastOf(run: Run, path: string): FileVersion {
  const { conflict, versions } = fileOf(run, path)
  return (conflict.at(-1) ?? versions.at(-1))!
}

/** What a person did was meant for the version that they saw. */
function refuseOther({ path, hash }: FileVersion, seen: string): void {
  if (hash === seen) return
  throw new AppError('conflict', `${path} has a newer version than the one that was shown.`, {
    hint: 'Look at the newer one; what you wrote is still in the editor.',
  })
}

function refuseSecondVersion(run: Run, path: string, hash: string): void {
  const file = Object.hasOwn(run.files, path) ? run.files[path] : undefined
  if (![...(file?.conflict ?? []), ...(file?.versions ?? [])].some((version) => version.hash !== hash)) return
  throw new AppError('conflict', `The run has a file ${path} already.`, {
    hint: 'Choose another name, or make the block a second version of that file.',
  })
}

function nameFor(text: string): string {
  const verdict = isPlausiblePath(text.trim())
  if (verdict.ok) return verdict.path
  throw new AppError('invalid', `This cannot be the file's name: ${verdict.reason}`, {
    hint: 'Write a path inside the workspace, such as src/app.py.',
  })
}
