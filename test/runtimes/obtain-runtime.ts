import { installBinary } from './install-binary.js'
import { type RuntimeName, runtimes } from './runtimes.js'

/**
 * Gives the path of a runtime's binary: this Node, where it is of that major, else from npm. Where it cannot be had, one line says why.
 *
 * @returns undefined where it cannot be had
 * @throws Error instead, where the environment has COUNTERSIGN_REQUIRE_RUNTIMES=1
 */
export async function obtainRuntime(name: RuntimeName): Promise<string | undefined> {
  if (name === `node-${process.versions.node.split('.')[0]}`) return process.execPath
  try {
    return await installBinary(runtimes[name])
  } catch (error) {
    const reason = `${runtimes[name].title}: ${(error as Error).message}`
    if (process.env.COUNTERSIGN_REQUIRE_RUNTIMES === '1') throw new Error(reason)
    console.log(`SKIPPED: ${reason}`)
    return undefined
  }
}
