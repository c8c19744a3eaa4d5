import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { type SqliteStoreOptions, sqliteStore } from '../src/index.js'
import { BetterSqlite3, connect } from './support/better-sqlite3.js'
import { claimRequest, completeRequest, newFile, newStore } from './support/new-store.js'

const refusal = (reason: string) =>
  expect.objectContaining({
    name: 'WebhookConfigurationError',
    code: 'ERR_WEBHOOK_OPTION_INVALID',
    message: expect.stringContaining(reason),
  })

describe('sqliteStore refuses', () => {
  test.each([undefined, null, {}, 'deliveries.db', { prepare: () => undefined }])(
    '%o as a database',
    (given) => {
      expect(() => sqliteStore({ database: given as never })).toThrow(
        refusal('database must be a connection of better-sqlite3'),
      )
    },
  )

  test('a connection that does not report transactions', () => {
    const database = { prepare: () => undefined, exec: () => undefined } as never
    expect(() => sqliteStore({ database })).toThrow(refusal('Node 22.16'))
  })

  test.skipIf(!BetterSqlite3).each<[Partial<SqliteStoreOptions> | object, string]>([
    [{ table: 'two words' }, 'table must be a name'],
    [{ table: '"; DROP TABLE users; --' }, 'table must be a name'],
    [{ table: 'sqlite_own' }, 'table must be a name'],
    [{ table: '' }, 'table must be a name'],
    [{ busyTimeoutMs: -1 }, 'busyTimeoutMs must be'],
    [{ busyTimeoutMs: Number.NaN }, 'busyTimeoutMs must be'],
    [{ prune: 'never' }, `prune must be 'auto' or 'manual'`],
    [{ now: 1 }, 'now must be a function'],
    [{ now: () => Number.NaN }, 'now must be a function'],
  ])('%o', (options, reason) => {
    expect(() => newStore(options)).toThrow(refusal(reason))
  })

  test.skipIf(!BetterSqlite3).each([':memory:', ''])('a database in memory, or for a moment: %o', (path) => {
    const database = connect(path)
    expect(() => sqliteStore({ database })).toThrow(refusal('memoryStore()'))
    database.close()
  })

  test.skipIf(!BetterSqlite3)('a connection in a transaction', () => {
    const database = newFile().open()
    database.exec('BEGIN')
    expect(() => sqliteStore({ database })).toThrow(refusal('a connection of its own'))
    database.exec('ROLLBACK')
  })

  test.skipIf(!BetterSqlite3)('a file that does not support WAL', () => {
    const database = newFile().open()
    // As on a network drive: SQLite leaves the mode as it was.
    const stubborn = {
      exec: (sql: string) => database.exec(sql),
      inTransaction: false,
      prepare: (sql: string) => database.prepare(sql.includes('= WAL') ? 'PRAGMA journal_mode' : sql),
    }
    expect(() => sqliteStore({ database: stubborn })).toThrow(refusal('stays in journal mode delete'))
  })
})

describe.skipIf(!BetterSqlite3)('the file', () => {
  test('is configured so that a power cut undoes no completion', () => {
    const { database } = newStore()
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(database.pragma('synchronous', { simple: true })).toBe(2)
    expect(database.pragma('busy_timeout', { simple: true })).toBeLessThanOrEqual(50)
  })

  test('has its records when it is opened again', async () => {
    const { store, database, open } = newStore()
    const claim = claimRequest('event')
    await store.claim(claim)
    await store.complete(completeRequest(claim))
    await store.close()
    database.close()
    const again = sqliteStore({ database: open() })
    expect(again.claim(claimRequest('event'))).toEqual({
      state: 'completed',
      attempts: 2,
      sameFingerprint: true,
    })
  })

  test('keeps several tables separate', async () => {
    const { store, open } = newStore()
    await store.claim(claimRequest('event'))
    const other = sqliteStore({ database: open(), table: 'other_deliveries' })
    expect(other.claim(claimRequest('event'))).toEqual({ state: 'claimed', attempts: 1 })
  })

  test('works with a connection that returns bigints', async () => {
    const database = newFile().open()
    database.defaultSafeIntegers(true)
    const store = sqliteStore({ database })
    expect(store.claim(claimRequest('event'))).toEqual({ state: 'claimed', attempts: 1 })
    expect(store.claim(claimRequest('event'))).toMatchObject({ state: 'in-progress', attempts: 1 })
    expect(await store.count()).toMatchObject({ claimed: 1 })
    expect(await store.prune()).toBe(0)
  })

  test('can be read by an old sqlite3', () => {
    const { path } = newStore()
    // Python's is often years behind; a STRICT table would make the whole file unreadable to it.
    const { status } = spawnSync('python3', [
      '-c',
      `import sqlite3; sqlite3.connect('${path}').execute('SELECT count(*) FROM countersign_deliveries')`,
    ])
    expect([0, null], 'null where there is no Python').toContain(status)
  })

  test('answers synchronously when no other connection writes', () => {
    const { store } = newStore()
    const claim = claimRequest('event')
    expect(store.claim(claim)).toEqual({ state: 'claimed', attempts: 1 })
    expect(store.extend({ ...claim, leaseMs: 1 })).toBe(true)
    expect(store.acknowledge(claim)).toBe(true)
    expect(store.complete(completeRequest(claim))).toBe(true)
    expect(store.forget(claim)).toBe(true)
  })

  test('accepts times with fractions, and infinite ones', async () => {
    const { store } = newStore({ now: () => 1_000.25 })
    const claim = { ...claimRequest('event'), leaseMs: 0.5, retentionMs: Number.POSITIVE_INFINITY }
    expect(store.claim(claim)).toEqual({ state: 'claimed', attempts: 1 })
    expect(store.claim(claimRequest('event'))).toEqual({ state: 'in-progress', attempts: 1, retryAfterMs: 1 })
    expect(store.complete(completeRequest(claim))).toBe(true)
    expect(await store.prune()).toBe(0)
  })
})
