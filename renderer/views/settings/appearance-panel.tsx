import { Select } from '../../components/select.tsx'
import { Switch } from '../../components/switch.tsx'
import { setLetterKeys, useSettings } from '../../stores/settings.ts'
import type { Theme } from '../../../shared/host.ts'
import { setTheme, useView } from '../../stores/view.ts'
import { settingsStrings as strings } from '../../strings-settings.ts'

/** What the window keeps for itself: how it looks, and which keys it takes. */
export function AppearancePanel() {
  const theme = useView((view) => view.theme)
  const hasLetterKeys = useSettings((settings) => settings.hasLetterKeys)
  const themes: readonly Theme[] = ['system', 'dark', 'light']
  return (
    <section aria-label={strings.appearance} className="grid max-w-120 gap-4">
      <div className="pt-2">
        <h2 className="font-strong">{strings.appearance}</h2>
        <p className="text-sm text-fg-3">{strings.here}</p>
      </div>
      <div className="flex items-center justify-between gap-4">
        <span>{strings.theme}</span>
        <div className="w-50">
          <Select
            label={strings.theme}
            value={theme}
            choices={themes.map((value) => ({ value, label: strings.themes[value] }))}
            onChange={setTheme}
          />
        </div>
      </div>
      <Switch
        label={strings.letters}
        hint={strings.lettersHint}
        isOn={hasLetterKeys}
        onChange={setLetterKeys}
      />
    </section>
  )
}
