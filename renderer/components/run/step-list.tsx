import { useRef, type KeyboardEvent } from 'react'
import { roleName } from '../../strings.ts'
import { runStrings } from '../../strings-run.ts'
import { classNames } from '../class-names.ts'
import { RoleGlyph } from '../role-glyph.tsx'
import type { StepData } from './step-data.ts'
import { hasTime, StepGlyph } from './step-look.tsx'
import { Elapsed } from './ticking.tsx'

type StepListProps = {
  readonly steps: readonly StepData[]
  readonly selected: string | null
  readonly onSelect: (id: string) => void
}

const words = runStrings.graph

/** The same as the graph, in the order of the workflow: one Tab stop, arrows move, `Enter` opens the step. */
export function StepList({ steps, selected, onSelect }: StepListProps) {
  const list = useRef<HTMLUListElement>(null)
  const onKeyDown = (event: KeyboardEvent) => {
    const buttons = [...list.current!.querySelectorAll('button')]
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement)
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    buttons[to]?.focus()
  }
  const tabStop = selected ?? steps[0]?.id
  return (
    <ul ref={list} aria-label={words.label} onKeyDown={onKeyDown} className="max-h-52 overflow-auto">
      {steps.map((step) => (
        <li key={step.id}>
          <button
            type="button"
            data-step={step.id}
            tabIndex={step.id === tabStop ? 0 : -1}
            aria-pressed={step.id === selected}
            onClick={() => onSelect(step.id)}
            className={classNames(
              'ring-inside grid h-6 w-full grid-cols-[24px_16px_minmax(0,2fr)_minmax(0,1fr)_minmax(0,1fr)_minmax(0,1fr)_56px] items-center gap-2 rounded-sm px-2 text-left text-sm hover:bg-surface-3',
              step.id === selected && 'bg-accent-soft',
            )}
          >
            <span className="text-right text-fg-3">{step.name}</span>
            <RoleGlyph role={step.role} size={16} />
            <span className="truncate">{step.title}</span>
            <span className="truncate text-fg-3">{roleName(step.role)}</span>
            <span className="flex min-w-0 items-center gap-1.5">
              <StepGlyph state={step.state} size={12} />
              <span className="truncate">{step.word}</span>
            </span>
            <span className="truncate text-fg-3">{step.facts.join(' · ')}</span>
            <span className="text-right text-fg-2">
              {hasTime(step) && <Elapsed from={step.from} to={step.to} />}
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}
