import { findOwner } from '../sources/list-packages.js'

/** @import { Package } from '../sources/list-packages.js' */
/** @import { Import } from '../sources/read-imports.js' */

/** @typedef {{ readonly from: string, readonly to: string }} Edge */

/** @type {(imports: readonly Import[], packages: readonly Package[]) => readonly Edge[]} which package's sources import which */
export function listEdges(imports, packages) {
  const edges = imports.flatMap(({ from, to }) => {
    const importer = findOwner(from, packages)
    if (!importer || !from.startsWith(`${importer.folder}/src/`)) return []
    return to.flatMap((path) => {
      const imported = findOwner(path, packages)
      return imported && imported !== importer ? [`${importer.name} ${imported.name}`] : []
    })
  })
  return [...new Set(edges)].sort().map((edge) => {
    const [from = '', to = ''] = edge.split(' ')
    return { from, to }
  })
}

/** @type {(edges: readonly Edge[], shares: ReadonlyMap<string, number>) => string} an arrow points at the imported package; the percentages are shares of the lines of code */
export function drawPackages(edges, shares) {
  return [
    'flowchart BT',
    ...[...shares].map(([name, percent]) => `  ${name}["${name}<br/>${percent} %"]`),
    ...edges.map(({ from, to }) => `  ${from} --> ${to}`),
  ].join('\n')
}
