import { Button } from '../components/button.tsx'
import { EmptyState } from '../components/empty-state.tsx'
import type { Icon } from '../components/icon.ts'
import { show } from '../stores/view.ts'
import { strings } from '../strings.ts'

/** What a screen of one run shows where none is open, with the ways to one. */
export function NoRunOpen({ icon }: { readonly icon: Icon }) {
  return (
    <EmptyState icon={icon} title={strings.noRunOpen} hint={strings.noRunOpenHint}>
      <Button kind="primary" keys="mod+n" onClick={() => show('new-run')}>
        {strings.screens['new-run']}
      </Button>
      <Button onClick={() => show('runs')}>{strings.screens.runs}</Button>
    </EmptyState>
  )
}
