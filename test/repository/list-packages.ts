import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A package of the workspace and its source files. */
export interface PackageSources {
  readonly name: string
  /** Paths of the modules its `exports` name, by the condition the workspace resolves sources with. */
  readonly entries: readonly string[]
  /** Paths of all source files. */
  readonly files: readonly string[]
}

/** The repository's folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** Everything in `packages/`. */
export function listPackages(): readonly PackageSources[] {
  const folder = join(root, 'packages')
  return readdirSync(folder).map((name) => {
    const at = (path: string) => join(folder, name, path)
    const { exports }: { exports: Record<string, unknown> } = JSON.parse(
      readFileSync(at('package.json'), 'utf8'),
    )
    const entries = Object.values(exports).flatMap((target) =>
      typeof target === 'object' && target !== null && '@countersign/source' in target
        ? [at(String(target['@countersign/source']))]
        : [],
    )
    const files = readdirSync(at('src'), { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ts'),
    )
    return { name, entries, files: files.map((file) => at(join('src', file))) }
  })
}
