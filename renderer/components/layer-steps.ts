/** A node of a graph: its name and the names of what it rests on. */
export type LayerNode = { readonly id: number; readonly needs: readonly number[] }

/** Sorts a graph into columns: each node stands one column after the last of what it rests on. Cycles are broken. */
export function layerSteps(nodes: readonly LayerNode[]): number[][] {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const depths = new Map<number, number>()
  const depthOf = (start: number): number => {
    const open = [start]
    const onWay = new Set<number>()
    while (open.length > 0) {
      const id = open[open.length - 1]!
      const needs = (byId.get(id)?.needs ?? []).filter((need) => byId.has(need) && !onWay.has(need))
      const missing = needs.filter((need) => need !== id && !depths.has(need))
      if (missing.length > 0 && !onWay.has(id)) {
        onWay.add(id)
        open.push(...missing)
        continue
      }
      depths.set(id, Math.max(-1, ...needs.map((need) => depths.get(need) ?? -1)) + 1)
      onWay.delete(id)
      open.pop()
    }
    return depths.get(start)!
  }
  const columns: number[][] = []
  for (const { id } of nodes) {
    const depth = depths.get(id) ?? depthOf(id)
    while (columns.length <= depth) columns.push([])
    columns[depth]!.push(id)
  }
  return columns
}
