import { Screen } from '../../components/screen.tsx'
import { strings } from '../../strings.ts'

/** Belongs to ui-run: only the name is agreed. */
export function ReviewView() {
  return (
    <Screen title={strings.screens['review']}>
      <span />
    </Screen>
  )
}
