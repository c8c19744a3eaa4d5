import { describe } from 'vitest'
import { obtainRuntime } from '../../test/runtimes/obtain-runtime.js'
import type { RuntimeName } from '../../test/runtimes/runtimes.js'
import { startCommand } from '../../test/runtimes/start-command.js'
import { type DescribeExampleOptions, describeExample } from './describe-example.js'

/**
 * Tests an example on another runtime than this Node, or skips it if the runtime cannot be installed.
 *
 * @param more adds tests of this example only; it gets the command that starts the example
 */
export async function describeRuntimeExample(
  folder: URL,
  runtime: RuntimeName,
  options: DescribeExampleOptions = {},
  more: (command: readonly string[]) => void = () => {},
): Promise<void> {
  const path = await obtainRuntime(runtime)
  const command = await startCommand(folder, path ?? '')
  describe.skipIf(path === undefined)(runtime, () => {
    describeExample(folder, { ...options, command })
    more(command)
  })
}
