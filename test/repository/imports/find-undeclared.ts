import { findOwner, type Manifest } from '../../../tools/sources/list-packages.js'
import type { Import } from '../../../tools/sources/read-imports.js'

/** A package.json and its folder, from the repository's. */
export interface Workspace {
  readonly folder: string
  readonly manifest: Manifest
}

/**
 * Imports of packages that the package.json around the file does not declare. What users get, the `src` of a package, may
 * use only what is installed with it. Tests and tools may also use the dev dependencies, their own and the repository's.
 */
export function findUndeclared(imports: readonly Import[], workspaces: readonly Workspace[]): string[] {
  const root = workspaces.find(({ folder }) => folder === '')
  return imports.flatMap(({ from, line, specifier }) => {
    const owner = findOwner(from, workspaces)
    const name = packageOf(specifier)
    if (!owner || name === undefined || name === owner.manifest.name) return []
    const isPublished = from.startsWith('packages/') && from.startsWith(`${owner.folder}/src/`)
    const declared = new Set([
      ...namesIn(owner.manifest, ['dependencies', 'peerDependencies']),
      ...(isPublished ? [] : namesIn(owner.manifest, ['devDependencies'])),
      ...(isPublished || !root ? [] : namesIn(root.manifest, ['devDependencies'])),
    ])
    if (declared.has(name) || declared.has(typesOf(name))) return []
    const where = isPublished ? 'dependencies or peerDependencies' : 'devDependencies'
    return [`${from}:${line} imports '${name}': add it to ${where} of ${owner.folder}/package.json`]
  })
}

type Field = 'dependencies' | 'peerDependencies' | 'devDependencies'

export function namesIn(manifest: Manifest, fields: readonly Field[]): string[] {
  return fields.flatMap((field) => Object.keys(manifest[field] ?? {}))
}

/** `@scope/name` of `@scope/name/entry`; undefined for files, `#internal` names and what is part of the runtime. */
function packageOf(specifier: string): string | undefined {
  if (/^([./#]|\w+:)/.test(specifier)) return undefined
  return /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0]
}

/** Where DefinitelyTyped has the types of a package. */
function typesOf(name: string): string {
  return `@types/${name.replace(/^@([^/]+)\//, '$1__')}`
}
