import { describe } from 'vitest'
import { obtainRuntime } from '../../test/runtimes/obtain-runtime.js'
import { startCommand } from '../../test/runtimes/start-command.js'
import { describeExample } from '../contract/describe-example.js'

const folder = new URL('./', import.meta.url)
const path = await obtainRuntime('bun')
const command = await startCommand(folder, path ?? '')

describe.skipIf(path === undefined)('examples/bun', () => {
  describeExample(folder, { command })
})
