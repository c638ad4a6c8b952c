import { z } from 'zod'
import { AppError } from '../../../shared/errors.ts'
import type { CustomOutput } from '../files/custom-format.ts'
import { controlFileReason } from '../files/control-files.ts'
import { checkPath } from '../files/path-rules.ts'
import type { Workspace } from '../files/workspace.ts'
import type { WorkflowResult } from './workflow-result.ts'

const Files = z.array(z.object({ path: z.string(), content: z.string() }))

/**
 * Writes what the person's own module makes of a run's result below `output/custom/<run>/`, under the workspace's rules
 * for paths. Throws `invalid` where the module fails, or one of its files cannot be written; the other outputs stay.
 */
export async function writeCustomOutput(
  output: CustomOutput,
  result: WorkflowResult,
  workspace: Workspace,
): Promise<void> {
  const files = await made(output, result)
  const written = await workspace.writeAll(
    files.map(({ path, content }) => ({
      path: `output/custom/${result.workflow_id}/${allowed(path)}`,
      bytes: Buffer.from(content),
    })),
  )
  const failed = written.find(({ status }) => status === 'rejected')
  if (failed?.status === 'rejected') throw failed.reason
}

async function made(output: CustomOutput, result: WorkflowResult): Promise<z.infer<typeof Files>> {
  try {
    // A copy: what it does to the result changes nothing.
    return Files.parse((await output(structuredClone(result))) ?? [])
  } catch (cause) {
    const what = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause)
    throw new AppError(
      'invalid',
      `write_custom_output failed: ${what.replaceAll(/\s+/g, ' ').slice(0, 300)}`,
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
