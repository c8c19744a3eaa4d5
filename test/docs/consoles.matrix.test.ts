import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ListeningExample, startExample } from '../../examples/contract/start-example.js'
import { readConsoles } from './read-consoles.js'
import { type ConsoleFolder, prepareConsole, runConsole, secrets, withoutChance } from './run-console.js'

const blocks = readConsoles()

describe('every console block prints what the page shows', { timeout: 60_000 }, () => {
  let receiver: ListeningExample
  let console: ConsoleFolder

  beforeAll(async () => {
    console = await prepareConsole(await mkdtemp(join(tmpdir(), 'countersign-consoles-')))
    receiver = await startExample({
      folder: new URL('../../examples/express/', import.meta.url),
      env: secrets,
    })
  }, 60_000)

  afterAll(async () => {
    await receiver?.stop()
    if (console) await rm(console.folder, { recursive: true, force: true })
  })

  test.for(blocks)('$place', async ({ entries }) => {
    const outputs = await runConsole(entries, console, receiver.url)
    expect(outputs.map(withoutChance)).toEqual(entries.map(({ output }) => withoutChance(output)))
  })
})

test('the pages show the command in use', () => {
  expect(blocks.length).toBeGreaterThan(10)
})
