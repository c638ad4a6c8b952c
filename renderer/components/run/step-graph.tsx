import { Handle, Position, ReactFlow, type Edge, type Node, type NodeProps } from '@xyflow/react'
import '@xyflow/react/dist/base.css'
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { runStrings } from '../../strings-run.ts'
import { classNames } from '../class-names.ts'
import { useMedia } from '../use-media.ts'
import { RoleGlyph } from '../role-glyph.tsx'
import { neighbour, nodeHeight, placeSteps } from './place-steps.ts'
import type { PlacedStep, StepData } from './step-data.ts'
import { hasTime, StepGlyph, stepLine, stepLooks } from './step-look.tsx'
import { Elapsed } from './ticking.tsx'

type StepNode = Node<{
  step: PlacedStep
  width: number
  isSelected: boolean
  isTabStop: boolean
  onSelect: () => void
  onFocus: () => void
}>

type StepGraphProps = {
  readonly steps: readonly StepData[]
  readonly selected: string | null
  readonly onSelect: (id: string) => void
}

const nodeTypes = { step: StepBox }
/** Half a row more than fits tells that there is more. */
const rows = (count: number) => (count + 0.5) * (nodeHeight + 8)

/** The steps of a run as their graph: one Tab stop, arrows follow the edges. Wider than its room it can be moved. */
export function StepGraph({ steps, selected, onSelect }: StepGraphProps) {
  const frame = useRef<HTMLDivElement>(null)
  const [room, setRoom] = useState(0)
  const [at, setAt] = useState<string | null>(null)
  useEffect(() => {
    const measure = new ResizeObserver(([entry]) => setRoom(Math.floor(entry!.contentRect.width)))
    measure.observe(frame.current!)
    return () => measure.disconnect()
  }, [])
  const placed = useMemo(() => placeSteps(steps, room), [steps, room])
  const tabStop = at ?? selected ?? steps[0]?.id ?? null
  const nodes = placed.steps.map((step): StepNode => ({
    id: step.id,
    type: 'step',
    position: { x: step.x, y: step.y },
    width: placed.nodeWidth,
    height: nodeHeight,
    // A node that cannot be moved or selected lets pointers through; its button must not.
    style: { pointerEvents: 'all' },
    data: {
      step,
      width: placed.nodeWidth,
      isSelected: step.id === selected,
      isTabStop: step.id === tabStop,
      onSelect: () => onSelect(step.id),
      onFocus: () => setAt(step.id),
    },
  }))
  const edges = placed.steps.flatMap((step) => step.needs.map((need) => edgeOf(placed.steps, need, step)))
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const to = tabStop && neighbour(placed.steps, tabStop, event.key)
    if (!to) return
    event.preventDefault()
    frame.current!.querySelector<HTMLElement>(`[data-step="${CSS.escape(to)}"]`)?.focus()
  }
  const isTall = useMedia('(min-height: 900px)')
  const isLow = useMedia('(max-height: 559px)')
  const tallest = rows(isTall ? 5 : isLow ? 1 : 3)
  const height = Math.min(placed.height, tallest)
  const isWider = placed.width > room + 1 || placed.height > tallest
  return (
    <div ref={frame} className="step-graph" style={{ height: height + 8 }} onKeyDown={onKeyDown}>
      {room > 0 && (
        <ReactFlow
          key={isWider ? `${placed.width}` : 'fits'}
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          aria-label={runStrings.graph.label}
          defaultViewport={{ x: 0, y: 4, zoom: 1 }}
          minZoom={1}
          maxZoom={1}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          panOnDrag={isWider}
          panOnScroll={isWider}
          zoomOnScroll={false}
          zoomOnPinch={false}
          zoomOnDoubleClick={false}
          preventScrolling={isWider}
          disableKeyboardA11y
          proOptions={{ hideAttribution: true }}
        />
      )}
    </div>
  )
}

function edgeOf(steps: readonly PlacedStep[], need: string, step: PlacedStep): Edge {
  const from = steps.find(({ id }) => id === need)
  const isDone = from?.state === 'completed'
  const isActive = isDone && (step.state === 'running' || step.state === 'queued')
  const stroke = isActive
    ? 'var(--accent)'
    : isDone && step.state !== 'pending'
      ? 'var(--completed)'
      : 'var(--border-strong)'
  return {
    id: `${need} ${step.id}`,
    source: need,
    target: step.id,
    style: { stroke, strokeWidth: 1.5 },
    focusable: false,
  }
}

function StepBox({ data: { step, width, isSelected, isTabStop, onSelect, onFocus } }: NodeProps<StepNode>) {
  return (
    <>
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <button
        type="button"
        data-step={step.id}
        tabIndex={isTabStop ? 0 : -1}
        aria-pressed={isSelected}
        title={step.title}
        onClick={onSelect}
        onFocus={onFocus}
        style={{ width, height: nodeHeight }}
        className={classNames(
          'nopan flex items-center gap-2 rounded-md border px-1.5 text-left',
          stepLooks[step.state].frame,
          isSelected && 'outline-1 outline-accent',
        )}
      >
        <RoleGlyph role={step.role} />
        <span className="min-w-0 flex-1">
          <span className="block truncate text-sm font-strong tracking-[-0.01em]">{step.title}</span>
          <span className="sr-only">, {step.word}, </span>
          <span className="flex min-w-0 items-center gap-1 text-xs text-fg-3">
            <StepGlyph state={step.state} size={12} />
            <span className="truncate">
              {stepLine(step)}
              {hasTime(step) && (
                <>
                  {' · '}
                  <Elapsed from={step.from} to={step.to} />
                </>
              )}
            </span>
          </span>
        </span>
      </button>
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </>
  )
}
