import type { Workflow } from '../../shared/workflow.ts'
import { newRunStrings as strings } from '../strings-new-run.ts'
import { classNames } from './class-names.ts'
import { KeyHint } from './key-hint.tsx'
import { WorkflowGraph } from './workflow-graph.tsx'

type WorkflowCardProps = {
  readonly workflow: Workflow
  readonly isChosen: boolean
  readonly isOut: boolean
  /** Whose it is, or why it cannot be chosen. */
  readonly note: string
  readonly keys?: string
}

/** What a workflow looks like among others: name, what it is for, its graph, and how large it is. */
export function WorkflowCard({ workflow, isChosen, isOut, note, keys }: WorkflowCardProps) {
  const { name, description, steps } = workflow
  return (
    <div
      className={classNames(
        'flex h-37 flex-col rounded-lg border p-3 2xl:h-40 2xl:p-4',
        isChosen ? 'border-accent shadow-[inset_0_0_0_1px_var(--accent)]' : 'border-line-subtle',
        isOut ? 'bg-surface-1 text-fg-3' : 'bg-surface-2',
        !isChosen && !isOut && 'hover:border-line-strong',
      )}
    >
      <div className="flex items-center gap-2">
        <span className="min-w-0 flex-1 truncate font-strong">{name}</span>
        <span
          className={classNames(
            'size-3.5 flex-none rounded-full border',
            isChosen ? 'border-4 border-accent-fill bg-on-accent' : 'border-line-control',
          )}
        />
      </div>
      <div className="line-clamp-2 h-8 text-sm text-fg-2" title={description}>
        {description}
      </div>
      <div className={classNames('flex min-h-0 flex-1 items-center', isOut && 'opacity-50')}>
        <WorkflowGraph steps={steps} />
      </div>
      <div className="flex items-center gap-1 text-xs whitespace-nowrap text-fg-3">
        <span>{strings.steps(steps.length)}</span>
        <span>·</span>
        <span>{strings.agents(new Set(steps.map(({ agent_role }) => agent_role)).size)}</span>
        {note && (
          <>
            <span>·</span>
            <span className="min-w-0 truncate">{note}</span>
          </>
        )}
        {keys && !isOut && (
          <span className="ml-auto">
            <KeyHint keys={keys} />
          </span>
        )}
      </div>
    </div>
  )
}
