import { getHostProcess } from '../settings/host-process.js'
import type { ExplainModule } from './explanation.js'

const moduleName = '@countersign/diagnosis'

/**
 * Loads the search if it is installed: from the working directory, or else from the folder of the program's first file. It uses
 * Node's `createRequire` and no import, so that bundles neither contain it nor fail without it; and it resolves from the program,
 * since strict package managers hide packages that this one does not depend on.
 */
export function loadExplain(): ExplainModule | undefined {
  const host = getHostProcess()
  return requireFrom(() => `${host?.cwd?.()}/`) ?? requireFrom(() => host?.argv?.[1])
}

/** Undefined if it is not installed, and on other runtimes, where parts of `process` may throw. */
function requireFrom(locate: () => string | undefined): ExplainModule | undefined {
  try {
    const node = getHostProcess()?.getBuiltinModule?.('module') as ModuleOfNode | undefined
    const place = locate()
    return node && place !== undefined ? node.createRequire(place)(moduleName) : undefined
  } catch {
    return undefined
  }
}

interface ModuleOfNode {
  createRequire(path: string): (name: string) => ExplainModule
}
