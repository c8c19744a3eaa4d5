import { findOwner } from '../../../tools/sources/list-packages.js'
import type { Tree } from '../../../tools/sources/read-tree.js'
import { neededUnnamed } from './allowed-imports.js'
import { namesIn, type Workspace } from './find-undeclared.js'

/**
 * Dependencies that no file of their package names. A name counts wherever it is quoted or called as a command, since
 * tests also start programs and pass names to bundlers; types count where what they describe is named. The blocks of all
 * pages are compiled in `test`, so pages count as files of that package.
 */
export function findUnused(tree: Tree, workspaces: readonly Workspace[]): string[] {
  return workspaces
    .filter(({ folder }) => folder !== '')
    .flatMap((workspace) => {
      const { folder, manifest } = workspace
      const texts = [...tree]
        .filter(([path]) => !path.endsWith('package.json'))
        .filter(
          ([path]) =>
            findOwner(path, workspaces) === workspace || (folder === 'test' && path.endsWith('.md')),
        )
        .map(([, text]) => text)
      const scripts = JSON.stringify((manifest as { scripts?: unknown }).scripts ?? {})
      const names = new Set(namesIn(manifest, ['dependencies', 'peerDependencies', 'devDependencies']))
      const isUsed = (name: string) =>
        name in neededUnnamed ||
        new RegExp(`\\b${name}\\b`).test(scripts) ||
        texts.some((text) => isQuoted(name, text) || isQuoted(describedBy(name), text))
      return [...names]
        .filter((name) => !isUsed(name))
        .map((name) => `${folder}/package.json declares '${name}', which nothing there uses: remove it`)
    })
}

function isQuoted(name: string, text: string): boolean {
  return ["'", '"', '`'].some(
    (quote) => text.includes(quote + name + quote) || text.includes(`${quote}${name}/`),
  )
}

/** The package whose types a package of DefinitelyTyped has. */
function describedBy(name: string): string {
  return name.replace(/^@types\//, '').replace(/^(.+)__/, '@$1/')
}
