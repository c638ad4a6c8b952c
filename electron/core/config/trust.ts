import type { Refuse } from './read-values.ts'

const elsewhere = 'your documents go where it says'
const logsGo = 'logs of other projects are lost by it'

/** What a workspace may never set, since whoever wrote its files is a stranger; with the reason. */
const personal: ReadonlyMap<string, string> = new Map([
  ['openai_api_base', elsewhere],
  ['openai_api_key', 'it is a secret of yours'],
  ['openai_api_model', elsewhere],
  ['allowed_hosts', elsewhere],
  ['llama_server', 'it starts a program'],
  ['extractor', 'it runs a program of its own inside Paddock'],
  ['log_file', 'Paddock writes to that path'],
  ['log_max_megabytes', logsGo],
  ['log_files_kept', logsGo],
  ['backup_directory', 'Paddock writes to that path'],
  ['backups_kept', 'backups of your other projects are lost by it'],
  ['workspace', 'Paddock writes to that path'],
  ['max_concurrent_agents', 'all your projects share the machine'],
  ['max_concurrent_runs', 'all your projects share the machine'],
])

/** Says why a workspace's file may not set something, and where it belongs. */
export const refuseToWorkspace =
  (ownFile: string): Refuse =>
  (key) => {
    const reason = personal.get(key)
    return reason === undefined
      ? null
      : `${key} cannot be set by a workspace: ${reason}. If you want it so, set it in ${ownFile}.`
  }
