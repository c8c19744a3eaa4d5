import type { ExplainModule } from './explanation.js'
import { hostProcess } from './host-process.js'

const moduleName = '@countersign/diagnosis'

/**
 * Loads the search where it is installed: in the program's folder, or else beside its first file. It is asked of Node
 * itself and not imported, so that no bundle holds it and none fails without it; and from the program's place, since package
 * managers with strict layouts show this package only what it depends on.
 */
export function loadExplain(): ExplainModule | undefined {
  const host = hostProcess()
  return requireFrom(() => `${host?.cwd?.()}/`) ?? requireFrom(() => host?.argv?.[1])
}

/** Undefined where it is not there, and where there is no Node: parts of it throw there as soon as they are touched. */
function requireFrom(locate: () => string | undefined): ExplainModule | undefined {
  try {
    const node = hostProcess()?.getBuiltinModule?.('module') as ModuleOfNode | undefined
    const place = locate()
    return node && place !== undefined ? node.createRequire(place)(moduleName) : undefined
  } catch {
    return undefined
  }
}

interface ModuleOfNode {
  createRequire(path: string): (name: string) => ExplainModule
}
