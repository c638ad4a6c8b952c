import { Cpu } from 'lucide-react'
import { IconButton } from '../../components/icon-button.tsx'
import { StateLine } from '../../components/state-line.tsx'
import { useModel } from '../../stores/model.ts'
import { changeSettingsView } from '../../stores/settings.ts'
import { show } from '../../stores/view.ts'
import { strings } from '../../strings.ts'

const states = {
  ready: 'ok',
  loading: 'busy',
  stopped: 'ok',
  unreachable: 'waiting',
  refused: 'problem',
} as const

function open(): void {
  changeSettingsView({ section: 'machine', words: '' })
  show('settings')
}

/** How the model server was when it was asked last, at the foot of the navigation. */
export function Engine({ isWide }: { readonly isWide: boolean }) {
  const report = useModel((model) => model.report.value)
  if (!report) return null
  const { state, model, slots } = report
  const name = model ?? strings.engine[state]
  const isOff = state === 'unreachable' || state === 'refused'
  const more = isOff ? strings.engine.missing : strings.engine.machine
  if (!isWide) return <IconButton icon={Cpu} label={name} onClick={open} />
  return (
    <button
      type="button"
      onClick={open}
      title={report.message}
      className="grid w-full gap-1 rounded-md border border-line-subtle bg-surface-1 p-2 text-left text-xs text-fg-3 hover:border-line-strong"
    >
      <StateLine state={states[state]}>
        <span className="line-clamp-1">{name}</span>
      </StateLine>
      <span className="truncate">{slots === null ? more : strings.engine.slots(slots)}</span>
    </button>
  )
}
