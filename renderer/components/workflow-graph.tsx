import type { Workflow } from '../../shared/workflow.ts'
import { layerSteps } from './layer-steps.ts'
import { roleLook } from './role-glyph.tsx'

type WorkflowGraphProps = {
  readonly steps: Workflow['steps']
  /** The name for those who do not see it; without one it is a decoration beside words. */
  readonly label?: string
  readonly width?: number
  readonly height?: number
}

const node = 20
const widest = 44
const lane = 24

/** A workflow as its small graph: columns by dependency, one square of the role's drawing and colour for each step. */
export function WorkflowGraph({ steps, label, width = 200, height = 64 }: WorkflowGraphProps) {
  const columns = layerSteps(steps.map(({ step, depends_on }) => ({ id: step, needs: depends_on })))
  const across = columns.length < 2 ? 0 : Math.min(widest, (width - node - 2) / (columns.length - 1))
  const tallest = Math.max(1, ...columns.map(({ length }) => length))
  const down = tallest < 2 ? 0 : Math.min(lane, (height - node - 2) / (tallest - 1))
  const places = new Map(
    columns.flatMap((ids, column) =>
      ids.map((id, row) => [
        id,
        { x: 1 + column * across, y: height / 2 - node / 2 + (row - (ids.length - 1) / 2) * down },
      ]),
    ),
  )
  const edges = steps.flatMap(({ step, depends_on }) =>
    directNeeds(step, depends_on, steps).flatMap((need) => {
      const from = places.get(need)
      const to = places.get(step)
      return from && to ? [{ key: `${need} ${step}`, d: curve(from, to) }] : []
    }),
  )
  return (
    <svg
      width={Math.max(node + 2, (columns.length - 1) * across + node + 2)}
      height={height}
      className="block max-w-full"
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
    >
      <g fill="none" stroke="var(--border-strong)" strokeWidth="1.5">
        {edges.map(({ key, d }) => (
          <path key={key} d={d} />
        ))}
      </g>
      {steps.map(({ step, agent_role }) => {
        const { icon: Drawing, hue } = roleLook(agent_role)
        const { x, y } = places.get(step)!
        return (
          <g key={step} transform={`translate(${x} ${y})`}>
            <rect width={node} height={node} rx="5" fill="var(--surface-2)" />
            <rect width={node} height={node} rx="5" fill={hue} fillOpacity=".16" />
            <Drawing x="3" y="3" size={14} strokeWidth={1.75} color={hue} />
          </g>
        )
      })}
    </svg>
  )
}

type Place = { readonly x: number; readonly y: number }

function curve(from: Place, to: Place): string {
  const x1 = from.x + node
  const y1 = from.y + node / 2
  const y2 = to.y + node / 2
  const middle = (x1 + to.x) / 2
  return `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${to.x} ${y2}`
}

/** What a step rests on, without what another of these rests on already: that line would only be drawn twice. */
function directNeeds(step: number, needs: readonly number[], steps: Workflow['steps']): number[] {
  const above = (id: number) => steps.find((other) => other.step === id)?.depends_on ?? []
  return needs.filter(
    (need) => need !== step && !needs.some((other) => other !== need && above(other).includes(need)),
  )
}
