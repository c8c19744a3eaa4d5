import { expect, it } from 'vitest'
import { describeRuntimeExample } from '../contract/describe-runtime-example.js'
import { secrets } from '../contract/five-deliveries.js'
import { startExample } from '../contract/start-example.js'

const folder = new URL('./', import.meta.url)
const losesBodiesAtStop = 'https://github.com/denoland/deno/issues/36809'

await describeRuntimeExample(folder, 'deno', { losesBodiesAtStop }, (command) => {
  // The contract's own test of the signals needs the body of a running request, which Deno drops.
  it.each(['SIGTERM', 'SIGINT'] as const)('%s: ends with exit code 0', async (signal) => {
    const example = await startExample({ folder, command, env: secrets })
    expect(await example.stop(signal)).toEqual({ code: 0, signal: null })
  })
})
