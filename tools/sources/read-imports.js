import { posix } from 'node:path'
import ts from 'typescript'
import { findOwner, joinPath, listManifests, listPackages, listSources } from './list-packages.js'

/** @import { Tree } from './read-tree.js' */

/**
 * @typedef {object} Import One import, re-export, `import()`, `require()` or imported type
 * @property {string} from the importing file
 * @property {number} line where it is written
 * @property {string} specifier as written
 * @property {readonly string[]} to the files of the repository that it may load; empty for packages of others
 */

const isModule = /\.(ts|tsx|mts|cts|js|jsx|mjs|cjs)$/

/** @type {(tree: Tree) => readonly Import[]} every import of every module */
export function readImports(tree) {
  const manifests = listManifests(tree)
  const entries = new Map(listPackages(tree).flatMap((found) => [...found.entries]))

  /** @type {(from: string, specifier: string) => readonly string[]} */
  function resolve(from, specifier) {
    if (specifier.startsWith('.')) return [resolveFile(tree, joinPath(posix.dirname(from), specifier))]
    if (specifier.startsWith('#')) {
      const owner = findOwner(from, manifests)
      const sources = listSources(owner?.manifest.imports?.[specifier])
      return sources.map((source) => joinPath(owner?.folder ?? '', source))
    }
    const entry = entries.get(specifier)
    return entry === undefined ? [] : [entry]
  }

  return [...tree]
    .filter(([path]) => isModule.test(path))
    .flatMap(([from, text]) => {
      const { importedFiles } = ts.preProcessFile(text, true, true)
      return importedFiles.map(({ fileName: specifier, pos }) => ({
        from,
        line: text.slice(0, pos).split('\n').length,
        specifier,
        to: resolve(from, specifier),
      }))
    })
}

/** @type {(tree: Tree, path: string) => string} the TypeScript file that an import of `.js` means */
function resolveFile(tree, path) {
  const typescript = path.replace(/\.([mc]?)js$/, '.$1ts')
  return tree.has(typescript) ? typescript : path
}
