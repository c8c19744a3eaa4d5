import type { Import } from '../../../tools/sources/read-imports.js'

/** The circles of imports between source files, types counted: a shortest one through each file that no other circle has. */
export function findCircles(imports: readonly Import[]): string[] {
  const graph = new Map<string, Import[]>()
  for (const found of imports) {
    if (!/^packages\/[^/]+\/src\//.test(found.from)) continue
    graph.set(found.from, [...(graph.get(found.from) ?? []), found])
  }
  const shown = new Set<string>()
  return [...graph.keys()].flatMap((start) => {
    if (shown.has(start)) return []
    const chain = findWayBack(start, graph)
    if (!chain) return []
    for (const { from } of chain) shown.add(from)
    const places = chain.map(({ from, line }) => `${from}:${line}`)
    return [`${places.join(' -> ')} -> ${start}: move what they share into a file that imports none of them`]
  })
}

/** Searches in breadth, so that the first way found is a shortest. */
function findWayBack(start: string, graph: ReadonlyMap<string, readonly Import[]>): Import[] | undefined {
  const seen = new Set<string>()
  let ways: Import[][] = [[]]
  while (ways.length > 0) {
    const longer: Import[][] = []
    for (const way of ways) {
      const end = way.at(-1)
      for (const next of end ? end.to.flatMap((path) => graph.get(path) ?? []) : (graph.get(start) ?? [])) {
        if (next.to.includes(start)) return [...way, next]
        const key = next.to.join()
        if (seen.has(key)) continue
        seen.add(key)
        longer.push([...way, next])
      }
    }
    ways = longer
  }
  return undefined
}
