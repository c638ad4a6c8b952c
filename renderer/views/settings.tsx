import { History, Search } from 'lucide-react'
import { useRef } from 'react'
import { BusyLines } from '../components/busy-lines.tsx'
import { Button } from '../components/button.tsx'
import { Field } from '../components/field.tsx'
import { KeyHint } from '../components/key-hint.tsx'
import { ErrorNotice, Notice } from '../components/notice.tsx'
import { Screen } from '../components/screen.tsx'
import { SectionNav } from '../components/section-nav.tsx'
import { useOffer } from '../stores/commands.ts'
import { examine } from '../stores/doctor.ts'
import { changeSettingsView, readSettings, useSettings } from '../stores/settings.ts'
import { settingSections, settingsStrings as strings } from '../strings-settings.ts'
import { AppearancePanel } from './settings/appearance-panel.tsx'
import { MachinePanel } from './settings/machine-panel.tsx'
import { SettingRows } from './settings/setting-rows.tsx'
import { sectionOf } from './settings/find-settings.ts'
import { VersionsDialog } from './settings/versions-dialog.tsx'

/** Every setting with where it comes from; what is there on this machine; and what the window keeps for itself. */
export function SettingsView() {
  const search = useRef<HTMLInputElement>(null)
  const { value, state, error } = useSettings((settings) => settings.shown)
  const { words, section, isChanged } = useSettings()
  const { command } = strings
  useOffer('settings', [
    {
      id: 'find',
      title: command.find,
      group: command.group,
      keys: ['/'],
      run: () => search.current?.focus(),
    },
    { id: 'examine', title: command.again, group: command.group, run: () => void examine() },
    {
      id: 'versions',
      title: command.versions,
      group: command.group,
      run: () => changeSettingsView({ isShowingVersions: true }),
    },
  ])
  const counts = new Map<string, number>()
  for (const { key, origin } of value?.values ?? [])
    if (origin !== 'default') counts.set(sectionOf(key), (counts.get(sectionOf(key)) ?? 0) + 1)
  const used = new Set(value?.values.map(({ key }) => sectionOf(key)))
  const actions = (
    <>
      <div className="w-50">
        <Field
          ref={search}
          role="searchbox"
          size="sm"
          label={strings.find}
          isLabelHidden
          icon={Search}
          placeholder={strings.find}
          value={words}
          onChange={(event) => changeSettingsView({ words: event.target.value })}
          onKeyDown={(event) => event.key === 'Escape' && changeSettingsView({ words: '' })}
          end={<KeyHint keys="/" />}
        />
      </div>
      <Button
        size="sm"
        kind="ghost"
        icon={History}
        onClick={() => changeSettingsView({ isShowingVersions: true })}
      >
        {strings.versions}
      </Button>
    </>
  )
  return (
    <Screen title={strings.title} lead={strings.lead} actions={actions}>
      <div className="grid min-h-0 flex-1 grid-cols-[152px_minmax(0,1fr)] lg:grid-cols-[176px_minmax(0,1fr)] 2xl:grid-cols-[208px_minmax(0,1fr)]">
        <SectionNav
          label={strings.sections}
          note={strings.counts}
          current={words ? '' : section}
          sections={[
            { id: 'machine', title: strings.machine },
            ...settingSections
              .filter(({ id }) => used.has(id))
              .map(({ id, title }) => ({ id, title, count: counts.get(id) ?? 0 })),
            { id: 'appearance', title: strings.appearance },
          ]}
          onChoose={(id) => changeSettingsView({ section: id, words: '' })}
        />
        <div className="min-h-0 overflow-auto px-4 pb-6 lg:px-6 2xl:px-10">
          <div className="grid max-w-240 gap-2 pt-3 2xl:max-w-290">
            {error && <ErrorNotice error={error} onRetry={() => void readSettings()} />}
            {isChanged && <Notice kind="info" message={strings.changed} hint={strings.changedHint} />}
            {value?.warnings.map((warning) => (
              <Notice key={warning} kind="waiting" message={warning} />
            ))}
            {!words && section === 'machine' && <MachinePanel />}
            {!words && section === 'appearance' && <AppearancePanel />}
            {!value && state === 'busy' && section !== 'machine' && (
              <BusyLines label={strings.reading} count={6} />
            )}
            {value && (words || (section !== 'machine' && section !== 'appearance')) && <SettingRows />}
          </div>
        </div>
      </div>
      <VersionsDialog />
    </Screen>
  )
}
