import { RotateCw } from 'lucide-react'
import { BusyLines } from '../../components/busy-lines.tsx'
import { Button } from '../../components/button.tsx'
import { CheckList } from '../../components/check-list.tsx'
import { ErrorNotice } from '../../components/notice.tsx'
import { examine, useDoctor } from '../../stores/doctor.ts'
import { useHost } from '../../stores/host.ts'
import { readStatus } from '../../stores/status.ts'
import { settingsStrings as strings } from '../../strings-settings.ts'
import { StatusPanel } from './status-panel.tsx'

/** Looks at all that this screen shows of the machine. */
function lookAgain(): void {
  void examine()
  void readStatus()
}

/** What is there on this machine, what is missing, and what to do. */
export function MachinePanel() {
  const { value, state, error } = useDoctor((doctor) => doctor.checks)
  const version = useHost((host) => host.info?.version)
  return (
    <section aria-label={strings.machine} className="grid gap-3">
      <div className="flex items-center gap-3 pt-2">
        <h2 className="font-strong">{strings.machine}</h2>
        <span className="min-w-0 flex-1 truncate text-sm text-fg-3">{strings.machineLead}</span>
        <Button size="sm" icon={RotateCw} isBusy={state === 'busy'} onClick={lookAgain}>
          {strings.again}
        </Button>
      </div>
      {error && <ErrorNotice error={error} />}
      {!value && state === 'busy' && <BusyLines label={strings.looking} count={5} />}
      {value && <CheckList checks={value} />}
      <StatusPanel />
      {version && <p className="pt-2 text-sm text-fg-3">Paddock {version}</p>}
    </section>
  )
}
