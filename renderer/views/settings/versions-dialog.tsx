import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { changeSettingsView, restoreVersion, useSettings } from '../../stores/settings.ts'
import { replacedAt } from './replaced-at.ts'
import { settingsStrings as strings } from '../../strings-settings.ts'

/** What the person's file was before, to be put back. */
export function VersionsDialog() {
  const isOpen = useSettings((settings) => settings.isShowingVersions)
  const shown = useSettings((settings) => settings.shown.value)
  const versions = shown?.versions ?? []
  return (
    <Dialog
      title={strings.versionsTitle}
      isOpen={isOpen}
      onClose={() => changeSettingsView({ isShowingVersions: false })}
    >
      <div className="grid gap-3 p-4">
        <code className="font-mono text-xs wrap-anywhere text-fg-3 select-text">{shown?.file}</code>
        <p className="text-sm text-fg-2">
          {versions.length === 0 ? strings.noVersions : strings.versionsLead}
        </p>
        <ul className="grid">
          {versions.map((version) => (
            <li
              key={version}
              className="flex min-h-8 items-center justify-between gap-4 border-b border-line-subtle"
            >
              <span className="text-sm" title={version}>
                {replacedAt(version)}
              </span>
              <Button size="sm" onClick={() => void restoreVersion(version)}>
                {strings.putBack}
              </Button>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  )
}
