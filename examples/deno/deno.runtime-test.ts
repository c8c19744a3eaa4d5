import { describe, expect, it } from 'vitest'
import { obtainRuntime } from '../../test/runtimes/obtain-runtime.js'
import { startCommand } from '../../test/runtimes/start-command.js'
import { describeExample } from '../contract/describe-example.js'
import { secrets } from '../contract/five-deliveries.js'
import { startExample } from '../contract/start-example.js'

const folder = new URL('./', import.meta.url)
const path = await obtainRuntime('deno')
const command = await startCommand(folder, path ?? '')
const losesBodiesAtStop = 'https://github.com/denoland/deno/issues/36809'

describe.skipIf(path === undefined)('examples/deno', () => {
  describeExample(folder, { command, losesBodiesAtStop })

  it.each(['SIGTERM', 'SIGINT'] as const)('%s: ends with exit code 0', async (signal) => {
    const example = await startExample({ folder, command, env: secrets })
    expect(await example.stop(signal)).toEqual({ code: 0, signal: null })
  })
})
