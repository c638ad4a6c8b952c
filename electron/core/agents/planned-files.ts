import type { PlannedFile } from '../../../shared/change.ts'
import { counted } from '../../../shared/counted.ts'
import { AppError } from '../../../shared/errors.ts'
import { FailedParts } from './failed-parts.ts'

/** What one planned file came to: null when it was made whole. */
export type WriteFile = (file: PlannedFile) => Promise<{ problem: string; part: string } | null>
type Failure = { path: string; problem: string; parts: readonly string[] }

/**
 * Writes planned files one by one. A file that fails does not stop the others, but those that need it are not asked for;
 * a server that is gone stops all. Throws FailedParts unless every file is whole.
 */
export async function writeEach(files: readonly PlannedFile[], write: WriteFile): Promise<void> {
  const failures: Failure[] = []
  for (const file of files) {
    const missing = file.needs.find((need) => failures.some(({ path }) => path === need))
    if (missing) {
      failures.push({ path: file.path, problem: `It needs ${missing}.`, parts: [] })
      continue
    }
    try {
      const failed = await write(file)
      if (failed) failures.push({ path: file.path, problem: failed.problem, parts: [failed.part] })
    } catch (error) {
      const { cause, parts } = FailedParts.of(error)
      if (cause.code !== 'invalid')
        throw new FailedParts(cause, [...failures.flatMap((one) => one.parts), ...parts])
      failures.push({ path: file.path, problem: cause.message, parts })
    }
  }
  if (failures.length > 0) throw failureOf(failures, files.length)
}

function failureOf(failures: readonly Failure[], all: number): FailedParts {
  const reasons = failures.map(({ path, problem }) => `${path}: ${problem}`).join(' ')
  const cause = new AppError(
    'invalid',
    `${failures.length} of ${counted(all, 'file')} could not be made. ${reasons}`,
    {
      hint: 'The other files are kept. `paddock resume` asks for the missing ones again.',
    },
  )
  return new FailedParts(
    cause,
    failures.flatMap(({ parts }) => parts),
  )
}
