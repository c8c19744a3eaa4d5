import { setTimeout as sleep } from 'node:timers/promises'
import type { StoreBackend, TestStoreOptions } from '@countersign/conformance'
import { describe, expect, test, vi } from 'vitest'
import { storeCases } from '../../src/store-contract/cases/index.js'
import { interceptStore } from '../../src/store-contract/intercept-store.js'
import { flawedStores } from '../explorer/support/flawed-stores.js'
import { declareStoreTests } from './support/declared-store-tests.js'
import { flawedBackends } from './support/flawed-backends.js'
import { ownClock, soundBackend } from './support/sound-backend.js'
import { SoundStore } from './support/sound-store.js'

const exploring = 'every history of an event is answered as the contract says'

async function watchLines<T>(run: () => Promise<T>): Promise<readonly string[]> {
  const lines: string[] = []
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0)
  try {
    await run()
  } finally {
    write.mockRestore()
  }
  return lines
}

/** Runs all tests and what comes after them, and gives the line that sums it up. */
async function runAll(backend: StoreBackend, options: Partial<TestStoreOptions> = {}) {
  const { names, run, finish } = await declareStoreTests(backend, options)
  return watchLines(async () => {
    for (const name of names) await run(name).catch(() => undefined)
    await finish()
  })
}

test('a sound store passes all cases over a connection on which renewals take their time', {
  timeout: 60_000,
}, async () => {
  const sound = soundBackend()
  const slow: StoreBackend = {
    ...sound,
    createStore: async (options) =>
      interceptStore(await sound.createStore(options), (operation, call) =>
        operation === 'extend' ? sleep(20).then(call) : call(),
      ),
  }
  const [line] = await runAll(slow, { exploration: { attempts: 1 } })
  expect(line).toContain(`: ${storeCases.length} cases pass, the exploration`)
})

test('a sound store passes all cases, which is said in a line', { timeout: 60_000 }, async () => {
  const [line, ...others] = await runAll(soundBackend())
  expect(others).toEqual([])
  expect(line).toMatch(
    new RegExp(
      `^contract: A store \\(of parts\\): ${storeCases.length} cases pass, the exploration saw [1-9][\\d,]+ histories\\n$`,
    ),
  )
})

test('the line says what failed, and what was not asked', { timeout: 60_000 }, async () => {
  class ThrowsAtFail extends SoundStore {
    override fail(): never {
      throw new TypeError('fail is not a function')
    }
  }
  const exploration = { attempts: 1, workers: 1 }
  const { createStore, transact, stop } = soundBackend(ThrowsAtFail)
  const unshared = async (options: Parameters<typeof createStore>[0]) =>
    Object.assign(await createStore(options), { shared: false })
  const [line] = await runAll({ createStore: unshared, stop, ...(transact && { transact }) }, { exploration })
  expect(line).toMatch(/: \d+ cases pass, \d+ tests fail, .*\d are for stores that are breakable/)
  expect(line).toMatch(/\d are for stores that are shared, .*the exploration saw no histories\n$/)
})

test('a run of some tests is not reported', async () => {
  const { names, run, finish } = await declareStoreTests(soundBackend())
  const [first = ''] = names
  const lines = await watchLines(async () => {
    await run(first)
    await finish()
  })
  expect(lines).toEqual([])
})

test.each<[string, Partial<StoreBackend>, RegExp]>([
  ['a shared store that is never broken', { createBrokenStore: undefined } as never, /createBrokenStore/],
  ['a transactional store without transactions', { transact: undefined } as never, /transact/],
])('%s is refused at once', async (_, lacking, message) => {
  await expect(declareStoreTests({ ...soundBackend(), ...lacking })).rejects.toThrow(message)
})

test('the exploration goes as far as it is told', { timeout: 60_000 }, async () => {
  const histories: string[] = []
  for (const attempts of [1, 2]) {
    const [line = ''] = await runAll(soundBackend(), { exploration: { attempts, workers: 1 } })
    histories.push(/saw ([\d,]+)/.exec(line)?.[1] ?? '')
  }
  const [less = 0, more = 0] = histories.map((count) => Number(count.replace(',', '')))
  expect(less).toBeGreaterThan(50)
  expect(more).toBeGreaterThan(2 * less)
})

describe('a store', { timeout: 60_000 }, () => {
  test.each(flawedBackends)('that %s fails: %s', async (_, failing, backend) => {
    const sound = await declareStoreTests(soundBackend())
    await sound.run(failing)
    const flawed = await declareStoreTests(backend)
    await expect(flawed.run(failing)).rejects.toThrow()
  })

  test.each(flawedStores)('that %s fails the exploration and a case', async (_, Store) => {
    const { names, run } = await declareStoreTests({
      createStore: ({ clock = ownClock }) => new Store(clock),
      stop: () => {},
    })
    await expect(run(exploring)).rejects.toThrow('Broken: ')
    const ends: string[] = []
    for (const name of names) {
      // What waits for real time, or for something that does not come, is none of these.
      if (name === exploring || /own clock|deferred|renewed|tried again/.test(name)) continue
      const end = await run(name).then(
        () => 'passes',
        () => 'fails',
      )
      ends.push(end)
      if (end === 'fails') break
    }
    expect(ends).toContain('fails')
  })
})
