import { findOwner, type Package } from '../../../tools/sources/list-packages.js'
import type { Import } from '../../../tools/sources/read-imports.js'
import { allowedPaths } from './allowed-imports.js'

/** Imports that reach a package in another way than by one of its entries. */
export function findPrivateImports(
  imports: readonly Import[],
  packages: readonly Package[],
  allowed = allowedPaths,
): string[] {
  const isAllowed = (from: string, to: string) =>
    allowed.some((pair) => isUnder(from, pair.from) && isUnder(to, pair.to))
  return imports.flatMap(({ from, line, specifier, to }) => {
    const importer = findOwner(from, packages)
    if (!specifier.startsWith('.')) {
      const owner = packages.find(({ manifest: { name } }) => `${specifier}/`.startsWith(`${name}/`))
      if (!owner || owner.entries.has(specifier) || specifier.endsWith('/package.json')) return []
      const entries = [...owner.entries.keys()].join(', ')
      return [`${from}:${line} imports '${specifier}', which is no entry: import one of ${entries}`]
    }
    return to.flatMap((path) => {
      const owner = findOwner(path, packages)
      const leaves = importer ? owner !== importer : owner !== undefined
      if (!leaves || isAllowed(from, path)) return []
      const fix = owner ? `import '${owner.manifest.name}'` : 'move what it needs into the package'
      return [`${from}:${line} leaves its folder by '${specifier}': ${fix}`]
    })
  })
}

/** @param folder may have `*` for one part */
function isUnder(path: string, folder: string): boolean {
  const parts = path.split('/')
  return folder
    .split('/')
    .filter(Boolean)
    .every((part, index) => part === '*' || part === parts[index])
}
