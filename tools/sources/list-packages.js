/** @import { Tree } from './read-tree.js' */

/**
 * @typedef {object} Manifest What the checks read of a package.json
 * @property {string} name
 * @property {Readonly<Record<string, unknown>>} [exports]
 * @property {Readonly<Record<string, unknown>>} [imports]
 * @property {Readonly<Record<string, string>>} [dependencies]
 * @property {Readonly<Record<string, string>>} [devDependencies]
 * @property {Readonly<Record<string, string>>} [peerDependencies]
 */

/**
 * @typedef {object} Package
 * @property {string} name its folder's name, as `core`
 * @property {string} folder as `packages/core`
 * @property {Manifest} manifest
 * @property {ReadonlyMap<string, string>} entries the source file of each entry, by what one imports: `@countersign/core/node`
 * @property {readonly string[]} files its source files
 */

/** The condition by which the workspace resolves its own sources. */
export const sourceCondition = '@countersign/source'

/** @type {(tree: Tree) => readonly Package[]} everything in `packages/` that has a manifest */
export function listPackages(tree) {
  return listManifests(tree).flatMap(({ folder, manifest }) => {
    const [top, name = '', deeper] = folder.split('/')
    if (top !== 'packages' || deeper !== undefined) return []
    const files = [...tree.keys()].filter((path) => path.startsWith(`${folder}/src/`) && path.endsWith('.ts'))
    return [{ name, folder, manifest, entries: listEntries(manifest, folder), files }]
  })
}

/** @type {(tree: Tree) => readonly { folder: string, manifest: Manifest }[]} every manifest; the root's folder is '' */
export function listManifests(tree) {
  return [...tree]
    .filter(([path]) => path === 'package.json' || path.endsWith('/package.json'))
    .map(([path, text]) => ({ folder: path.replace(/\/?package\.json$/, ''), manifest: JSON.parse(text) }))
}

/** @type {(manifest: Manifest, folder: string) => ReadonlyMap<string, string>} */
function listEntries({ name, exports = {} }, folder) {
  return new Map(
    Object.entries(exports).flatMap(([subpath, target]) => {
      const [source] = listSources(target)
      return source === undefined ? [] : [[name + subpath.slice(1), joinPath(folder, source)]]
    }),
  )
}

/** @type {(target: unknown) => readonly string[]} the source files an entry of `exports` or `imports` names */
export function listSources(target) {
  if (typeof target !== 'object' || target === null) return []
  const sources = /** @type {Record<string, unknown>} */ (target)[sourceCondition]
  if (typeof sources === 'string') return [sources]
  return typeof sources === 'object' && sources !== null
    ? [...new Set(Object.values(sources))].map(String)
    : []
}

/** @type {(folder: string, path: string) => string} `path` as seen from `folder`, without `.` and `..` */
export function joinPath(folder, path) {
  /** @type {string[]} */
  const parts = []
  for (const part of `${folder}/${path}`.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}

/**
 * Returns the package with the deepest folder around the path.
 *
 * @template {{ readonly folder: string }} T
 * @param {string} path
 * @param {readonly T[]} owners
 * @returns {T | undefined}
 */
export function findOwner(path, owners) {
  return owners
    .filter(({ folder }) => folder === '' || path.startsWith(`${folder}/`))
    .sort((a, b) => b.folder.length - a.folder.length)[0]
}
