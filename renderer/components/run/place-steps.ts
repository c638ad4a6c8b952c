import { Graph, layout } from '@dagrejs/dagre'
import type { PlacedStep, StepData } from './step-data.ts'

/** The height of a node, and how wide it may be. */
export const nodeHeight = 40
const widest = 220
const narrowest = 132
const gap = 20

/** Steps at their places from left to right, as wide as the room allows; `width` is that of the whole drawing. */
export type PlacedSteps = {
  readonly steps: readonly PlacedStep[]
  readonly nodeWidth: number
  readonly width: number
  readonly height: number
}

/** Lays the steps out for a room of so many pixels; where they do not fit the drawing is wider than the room. */
export function placeSteps(steps: readonly StepData[], room: number): PlacedSteps {
  const columns = Math.max(1, ...depths(steps).values())
  const share = Math.floor((room - (columns - 1) * gap) / columns)
  const nodeWidth = Math.min(widest, Math.max(narrowest, share))
  const graph = new Graph()
  graph.setGraph({ rankdir: 'LR', nodesep: 8, ranksep: gap })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const { id } of steps) graph.setNode(id, { width: nodeWidth, height: nodeHeight })
  const drawn = reduced(steps)
  for (const { id, needs } of drawn) for (const need of needs) graph.setEdge(need, id)
  layout(graph)
  const placed = inOrder(
    drawn.map((step) => {
      const { x, y } = graph.node(step.id)
      return { ...step, x: Math.round(x - nodeWidth / 2), y: Math.round(y - nodeHeight / 2) }
    }),
  )
  return {
    steps: placed,
    nodeWidth,
    width: Math.max(0, ...placed.map(({ x }) => x + nodeWidth)),
    height: Math.max(nodeHeight, ...placed.map(({ y }) => y + nodeHeight)),
  }
}

/** With the steps of each column from the first to the last, where that makes no more edges cross. */
function inOrder(steps: readonly PlacedStep[]): PlacedStep[] {
  const places = new Map(
    [...Map.groupBy(steps, ({ x }) => x).values()].flatMap((column) => {
      const rows = column.map(({ y }) => y).sort((one, other) => one - other)
      return column.map(({ id }, index) => [id, rows[index]!] as const)
    }),
  )
  const ordered = steps.map((step) => ({ ...step, y: places.get(step.id)! }))
  return crossings(ordered) <= crossings(steps) ? ordered : [...steps]
}

/** Edges between the same two columns that cross. */
function crossings(steps: readonly PlacedStep[]): number {
  const byId = new Map(steps.map((step) => [step.id, step]))
  const edges = steps.flatMap((to) => to.needs.map((need) => ({ from: byId.get(need)!, to })))
  const between = Map.groupBy(edges, ({ from, to }) => `${from.x} ${to.x}`)
  let count = 0
  for (const group of between.values())
    for (const [index, one] of group.entries())
      for (const other of group.slice(index + 1))
        if ((one.from.y - other.from.y) * (one.to.y - other.to.y) < 0) count++
  return count
}

/** Without needs that another need already brings along: such an edge would only cross the others. */
export function reduced<S extends Pick<StepData, 'id' | 'needs'>>(steps: readonly S[]): S[] {
  const above = new Map<string, Set<string>>()
  const byId = new Map(steps.map((step) => [step.id, step]))
  const ancestorsOf = (id: string): Set<string> => {
    const known = above.get(id)
    if (known) return known
    const found = new Set<string>()
    above.set(id, found)
    for (const need of byId.get(id)?.needs ?? []) {
      found.add(need)
      for (const further of ancestorsOf(need)) found.add(further)
    }
    return found
  }
  return steps.map((step) => ({
    ...step,
    needs: step.needs.filter((need) => !step.needs.some((other) => ancestorsOf(other).has(need))),
  }))
}

/** How many steps each stands behind, itself included, on the longest way. */
function depths(steps: readonly StepData[]): Map<string, number> {
  const found = new Map<string, number>()
  const byId = new Map(steps.map((step) => [step.id, step]))
  const depthOf = (id: string): number => {
    const known = found.get(id)
    if (known !== undefined) return known
    found.set(id, 1)
    const depth = 1 + Math.max(0, ...(byId.get(id)?.needs ?? []).map(depthOf))
    found.set(id, depth)
    return depth
  }
  for (const { id } of steps) depthOf(id)
  return found
}

/** The step that an arrow key leads to: along an edge, or to the neighbour above or below. */
export function neighbour(steps: readonly PlacedStep[], id: string, key: string): string | null {
  const from = steps.find((step) => step.id === id)
  if (!from) return null
  const nearest = (candidates: readonly PlacedStep[]) =>
    [...candidates].sort((one, other) => Math.abs(one.y - from.y) - Math.abs(other.y - from.y))[0]?.id ?? null
  const column = steps.filter(({ x }) => x === from.x)
  switch (key) {
    case 'ArrowRight':
      return nearest(steps.filter(({ needs }) => needs.includes(id)))
    case 'ArrowLeft':
      return nearest(steps.filter((step) => from.needs.includes(step.id)))
    case 'ArrowUp':
      return nearest(column.filter(({ y }) => y < from.y))
    case 'ArrowDown':
      return nearest(column.filter(({ y }) => y > from.y))
    case 'Home':
      return steps[0]?.id ?? null
    case 'End':
      return steps.at(-1)?.id ?? null
    default:
      return null
  }
}
