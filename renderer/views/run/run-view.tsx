import { Screen } from '../../components/screen.tsx'
import { strings } from '../../strings.ts'

/** Belongs to ui-run: only the name is agreed. */
export function RunView() {
  return (
    <Screen title={strings.screens['run']}>
      <span />
    </Screen>
  )
}
