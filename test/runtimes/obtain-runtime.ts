import { installBinary } from './install-binary.js'
import { type RuntimeName, runtimes } from './runtimes.js'

/**
 * Returns the path of a runtime's binary: this Node if it has that major, else one from npm. Prints one line with the reason if the
 * runtime is unavailable.
 *
 * @returns undefined if it is unavailable
 * @throws Error instead, if the environment has COUNTERSIGN_REQUIRE_RUNTIMES=1
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
