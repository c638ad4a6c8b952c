import { Screen } from '../components/screen.tsx'
import { strings } from '../strings.ts'

export function SettingsView() {
  return (
    <Screen title={strings.screens['settings']}>
      <span />
    </Screen>
  )
}
