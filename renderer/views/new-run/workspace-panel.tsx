import { Folder, History } from 'lucide-react'
import type { FolderReport } from '../../../shared/reports.ts'
import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { Menu } from '../../components/menu.tsx'
import { StateLine } from '../../components/state-line.tsx'
import { useHost } from '../../stores/host.ts'
import { pickWorkspace, setWorkspace, useNewRun } from '../../stores/new-run.ts'
import { useRuns } from '../../stores/runs.ts'
import { newRunStrings as strings } from '../../strings-new-run.ts'

/** The folder that the files are for, by its path, and in the desktop app through the system's own dialog. */
export function WorkspacePanel() {
  const isRehearsal = useNewRun((state) => state.isRehearsal)
  const { path, report } = useNewRun((state) =>
    state.isRehearsal ? state.rehearsalWorkspace : state.workspace,
  )
  const info = useHost((host) => host.info)
  const runs = useRuns((state) => state.list.value) ?? []
  const recent = isRehearsal
    ? []
    : [...new Set(runs.flatMap((run) => (run.rehearsal === null ? [run.workspace] : [])))].slice(0, 8)
  return (
    <section aria-label={strings.workspace} className="grid gap-2">
      <h2 className="font-strong">{strings.workspace}</h2>
      <Field
        label={strings.folder}
        isLabelHidden
        icon={Folder}
        value={path}
        placeholder={`${info?.home ?? '~'}/my-project`}
        title={path}
        aria-invalid={report.value?.problem ? true : undefined}
        onChange={(event) => setWorkspace(event.target.value)}
        end={
          <span className="-mr-1.5 flex flex-none items-center">
            {recent.length > 0 && (
              <Menu
                trigger={<IconButton icon={History} size="sm" label={strings.recent} />}
                items={recent.map((folder) => ({
                  label: folder,
                  icon: Folder,
                  run: () => setWorkspace(folder, 0),
                }))}
              />
            )}
            {info?.can.pick_folder && (
              <Button kind="ghost" size="sm" onClick={() => void pickWorkspace()}>
                {strings.pick}
              </Button>
            )}
          </span>
        }
      />
      {report.state === 'busy' && <StateLine state="busy">{strings.looking}</StateLine>}
      {report.error && <StateLine state="problem">{report.error.message}</StateLine>}
      {report.value && (
        <StateLine state={report.value.problem ? 'problem' : 'ok'}>{describe(report.value)}</StateLine>
      )}
      {report.value?.warning && <StateLine state="warning">{report.value.warning}</StateLine>}
    </section>
  )
}

function describe({ problem, hint, is_new, is_git, entries }: FolderReport): string {
  if (problem) return hint ? `${problem} ${hint}` : problem
  if (is_new) return strings.folderNew
  const size = entries === 0 ? strings.folderEmpty : strings.folderFull(entries)
  return is_git ? `${strings.git} ${size}` : size
}
