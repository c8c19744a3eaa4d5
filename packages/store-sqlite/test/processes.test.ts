import { once } from 'node:events'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sqliteStore } from '../src/index.js'
import { BetterSqlite3, connect } from './support/better-sqlite3.js'
import { claimRequest } from './support/new-store.js'
import { bundleProgram, type Ended, endOf, startProgram } from './support/start-program.js'
import { makeTemporaryFolder } from './support/temporary-folder.js'

const driver = createRequire(import.meta.url).resolve('better-sqlite3')
const processes = 6
const keys = 1_000

describe.skipIf(!BetterSqlite3)('several processes with one file', () => {
  const folder = makeTemporaryFolder()
  const programs = new Map<string, string>()
  let files = 0
  const newFile = () => join(folder.path, `${++files}.db`)

  beforeAll(async () => {
    for (const name of ['claim-all', 'hold-lock', 'die-in-operation', 'die-in-transaction'])
      programs.set(name, await bundleProgram(name, folder.path))
  }, 60_000)
  afterAll(() => folder.remove())

  const run = (name: string, settings: object): Promise<Ended> =>
    endOf(startProgram(programs.get(name) ?? '', { ...settings, driver }))

  /** The file as another process finds it, which goes on with it. */
  const lookInto = (file: string) => {
    const database = connect(file)
    const store = sqliteStore({ database, now: () => Date.now() + 60_000 })
    const claim = (key: string) =>
      store.claim({ key, token: 'next', fingerprint: 'content', leaseMs: 1, retentionMs: 1, hold: false })
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok')
    return { database, store, claim }
  }

  test(`of ${processes} that start at once and claim the same ${keys} events, one wins each`, async () => {
    const file = newFile()
    const ends = await Promise.all(Array.from({ length: processes }, () => run('claim-all', { file, keys })))
    expect(ends.map(({ errors }) => errors)).toEqual(Array(processes).fill(''))
    const won = ends.map(({ lines }) => Number(lines[0]))
    expect(won.reduce((sum, count) => sum + count)).toBe(keys)
    const { database, store } = lookInto(file)
    expect(await store.count()).toMatchObject({ completed: keys, claimed: 0, free: 0 })
    // Claims that came while another process had the event did not count; those after its completion did.
    const attempts = database.prepare('SELECT DISTINCT attempts FROM countersign_deliveries').pluck().all()
    for (const count of attempts) expect([1, 2, 3, 4, 5, 6].slice(0, processes)).toContain(count)
    database.close()
  }, 300_000)

  test('creating a store waits for a process that writes', async () => {
    const file = newFile()
    const writer = startProgram(programs.get('hold-lock') ?? '', { file, driver })
    const ended = endOf(writer)
    await once(writer.stdout ?? writer, 'data')
    const database = connect(file)
    const store = sqliteStore({ database, busyTimeoutMs: 10_000 })
    expect(store.claim(claimRequest('event'))).toEqual({ state: 'claimed', attempts: 1 })
    expect((await ended).lines).toEqual(['locked', 'freed'])
    database.close()
  })

  test.each([
    { again: 'first', at: 'before: INSERT', attempts: 1 },
    { again: 'first', at: 'after: INSERT', attempts: 2 },
    { again: 'again', at: 'after: BEGIN IMMEDIATE', attempts: 2 },
    { again: 'again', at: 'after: REPLACE', attempts: 2 },
    { again: 'again', at: 'before: COMMIT', attempts: 2 },
    { again: 'again', at: 'after: COMMIT', attempts: 3 },
  ])(
    'killed $at while it claims ($again), the next claim is attempt $attempts; and other processes continue immediately',
    async ({ again, at, attempts }) => {
      const file = newFile()
      const { signal, lines } = await run('die-in-operation', { file, again, at })
      expect({ signal, lines }).toEqual({ signal: 'SIGKILL', lines: [] })
      const { database, claim } = lookInto(file)
      expect(claim('earlier')).toEqual({ state: 'claimed', attempts: 2 })
      expect(claim('event')).toEqual({ state: 'claimed', attempts })
      database.close()
    },
  )

  test.each([
    { at: 'effect', isDone: false },
    { at: 'completion', isDone: false },
    { at: 'commit', isDone: true },
  ])('killed after the $at in a transaction, effect and completion are stored: $isDone', async (given) => {
    const file = newFile()
    const { signal, lines } = await run('die-in-transaction', { file, at: given.at })
    expect({ signal, lines }).toEqual({ signal: 'SIGKILL', lines: [] })
    const { database, store, claim } = lookInto(file)
    const effects = database.prepare('SELECT count(*) FROM effects').pluck().get()
    expect(effects).toBe(given.isDone ? 1 : 0)
    expect(await store.isCompleted({ key: 'event', token: 'killed' })).toBe(given.isDone)
    expect(claim('event')).toEqual(
      given.isDone
        ? { state: 'completed', attempts: 2, sameFingerprint: true }
        : { state: 'claimed', attempts: 2 },
    )
    database.close()
  })
})
