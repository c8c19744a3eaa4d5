/** @import { Tree } from './read-tree.js' */
/** @import { Package } from './list-packages.js' */

/** @type {(text: string) => number} lines of code: neither blank nor comment, so that no package grows by being explained */
export function countCodeLines(text) {
  return text.split('\n').filter((line) => !/^\s*($|\/\/|\/\*|\*)/.test(line)).length
}

/** @type {(packages: readonly Package[], tree: Tree) => ReadonlyMap<string, number>} each package's share of the lines of code in the sources of all packages, between 0 and 1 */
export function shareLines(packages, tree) {
  const lines = packages.map(({ files }) =>
    files.reduce((sum, file) => sum + countCodeLines(tree.get(file) ?? ''), 0),
  )
  const total = lines.reduce((sum, count) => sum + count, 0)
  return new Map(packages.map(({ name }, index) => [name, (lines[index] ?? 0) / total]))
}
