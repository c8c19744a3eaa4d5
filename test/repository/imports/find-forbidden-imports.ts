import { findOwner, type Package } from '../../../tools/sources/list-packages.js'
import type { Import } from '../../../tools/sources/read-imports.js'

/** Imports between packages that the table of {@link allowedImports} does not have. */
export function findForbiddenImports(
  imports: readonly Import[],
  packages: readonly Package[],
  allowed: Readonly<Record<string, readonly string[]>>,
): string[] {
  const missing = packages
    .filter(({ name }) => !(name in allowed))
    .map(
      ({ folder }) => `${folder} is not in the table: add it to test/repository/imports/allowed-imports.ts`,
    )
  const forbidden = imports.flatMap(({ from, line, specifier, to }) => {
    const importer = findOwner(from, packages)
    if (!importer || !from.startsWith(`${importer.folder}/src/`)) return []
    const imported = findImported(specifier, to, packages)
    if (imported === undefined || imported === importer.name) return []
    const list = allowed[importer.name] ?? []
    if (list.includes(imported)) return []
    const may = list.length > 0 ? `only ${list.join(', ')}` : 'no other package'
    return [`${from}:${line} imports ${imported}: ${importer.name} may import ${may}`]
  })
  return [...missing, ...forbidden]
}

function findImported(
  specifier: string,
  to: readonly string[],
  packages: readonly Package[],
): string | undefined {
  const [path] = to
  if (path !== undefined) return findOwner(path, packages)?.name
  return /^@countersign\/([^/]+)/.exec(specifier)?.[1]
}
