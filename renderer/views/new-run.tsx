import { Screen } from '../components/screen.tsx'
import { strings } from '../strings.ts'

export function NewRunView() {
  return (
    <Screen title={strings.screens['new-run']}>
      <span />
    </Screen>
  )
}
