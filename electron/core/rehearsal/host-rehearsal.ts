import { join } from 'node:path'
import { AppError } from '../../../shared/errors.ts'
import type { DocumentBytes } from '../../../shared/host.ts'
import type { Settings } from '../../../shared/settings.ts'
import { closestWord } from '../closest-word.ts'
import type { Core } from '../core.ts'
import { forgetServer } from '../model-servers.ts'
import { listRehearsals, loadRehearsal, startRehearsal, type Rehearsal } from './rehearsal.ts'

/** The server that a run is on, as settings that go over those in force, and what has to end with the run. */
export type Host = { readonly server: Partial<Settings>; stop(): Promise<void> }

const folderOf = ({ resources }: Core, workflow: string) => join(resources, 'rehearsal', workflow)

/** The rehearsal of a workflow; throws where none was recorded, or was recorded of other documents than these. */
export function takeRehearsal(core: Core, workflow: string, documents: readonly DocumentBytes[]): Rehearsal {
  const known = listRehearsals(join(core.resources, 'rehearsal'))
  if (!known.includes(workflow)) {
    const meant = closestWord(workflow, known)
    throw new AppError('not-found', `There is no rehearsal of a workflow "${workflow}".`, {
      hint: `${meant === null ? '' : `Did you mean ${meant}? `}Recorded are: ${known.join(', ')}.`,
    })
  }
  const rehearsal = loadRehearsal(folderOf(core, workflow))
  const { name, bytes } = rehearsal.document
  const other = documents.find(({ base64 }) => !Buffer.from(base64, 'base64').equals(bytes))
  if (!other) return rehearsal
  throw new AppError('invalid', `A rehearsal plays recorded answers to ${name}, not to ${other.name}.`, {
    hint: `Take ${other.name} out to see the rehearsal, or choose a model server for it.`,
  })
}

/** Where a rehearsal plays: an endpoint with recorded answers in the model's place. */
export async function hostRehearsal(core: Core, workflow: string): Promise<Host> {
  const endpoint = await startRehearsal(folderOf(core, workflow))
  const stop = async () => {
    forgetServer(endpoint.url, core.servers)
    await endpoint.stop()
  }
  return { server: { openai_api_base: endpoint.url, openai_api_model: 'rehearsal' }, stop }
}
