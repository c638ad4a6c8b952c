import { z } from 'zod'
import { AppError } from '../../../shared/errors.ts'
import { reasonOf, type CustomOutput } from '../files/custom-format.ts'
import { controlFileReason } from '../files/control-files.ts'
import { checkPath } from '../files/path-rules.ts'
import { settledWithinTime } from '../files/within-time.ts'
import type { Workspace } from '../files/workspace.ts'
import type { WorkflowResult } from './workflow-result.ts'

/** Milliseconds after which the run ends without what the module would have made. */
const longest = 30_000

const Files = z.array(z.object({ path: z.string(), content: z.string() }))

/**
 * Writes what the person's own module makes of a run's result below `output/custom/<run>/`, under the workspace's rules
 * for paths. Throws `invalid` where the module fails, or one of its files cannot be written; the other outputs stay.
 */
export async function writeCustomOutput(
  output: CustomOutput,
  result: WorkflowResult,
  workspace: Workspace,
  ms = longest,
): Promise<void> {
  const files = await made(output, result, ms)
  const written = await workspace.writeAll(
    files.map(({ path, content }) => ({
      path: `output/custom/${result.workflow_id}/${allowed(path)}`,
      bytes: Buffer.from(content),
    })),
  )
  const failed = written.find(({ status }) => status === 'rejected')
  if (failed?.status === 'rejected') throw failed.reason
}

async function made(
  output: CustomOutput,
  result: WorkflowResult,
  ms: number,
): Promise<z.infer<typeof Files>> {
  try {
    // A copy: what it does to the result changes nothing.
    return Files.parse((await settledWithinTime(() => output(structuredClone(result)), ms)) ?? [])
  } catch (cause) {
    throw new AppError(
      'invalid',
      `write_custom_output failed: ${reasonOf(cause).replaceAll(/\s+/g, ' ').slice(0, 300)}`,
      {
        hint: 'It returns a list of { path, content }. The other outputs of the run are written.',
        cause,
      },
    )
  }
}

function allowed(path: string): string {
  const checked = checkPath(path)
  const reason = controlFileReason(checked)
  if (reason === null) return checked
  throw new AppError('invalid', `write_custom_output may not write ${checked}: ${reason}`, {
    hint: 'Give the file another name.',
  })
}
