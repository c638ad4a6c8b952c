import { Screen } from '../components/screen.tsx'
import { strings } from '../strings.ts'

export function RunsView() {
  return (
    <Screen title={strings.screens['runs']}>
      <span />
    </Screen>
  )
}
