import { List, Waypoints } from 'lucide-react'
import { IconButton } from '../../components/icon-button.tsx'
import type { StepData } from '../../components/run/step-data.ts'
import { StepGraph } from '../../components/run/step-graph.tsx'
import { StepList } from '../../components/run/step-list.tsx'
import { runStrings } from '../../strings-run.ts'

type StepsProps = {
  readonly steps: readonly StepData[]
  readonly selected: string | null
  readonly onSelect: (id: string) => void
  readonly isList: boolean
  readonly onToggle: () => void
}

/** The steps of a run as a graph or as a list. */
export function Steps({ isList, onToggle, ...rest }: StepsProps) {
  return (
    <section
      aria-label={runStrings.graph.label}
      className="relative flex flex-none items-center gap-2 border-b border-line-subtle py-2 pr-2 pl-4 2xl:py-4 2xl:pl-6"
    >
      <div className="min-w-0 flex-1">{isList ? <StepList {...rest} /> : <StepGraph {...rest} />}</div>
      <IconButton
        icon={isList ? Waypoints : List}
        size="sm"
        keys="l"
        label={isList ? runStrings.graph.showGraph : runStrings.graph.showList}
        onClick={onToggle}
      />
    </section>
  )
}
