import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { claimRequest, completeRequest, storeFailed } from '../../../test/support/store-requests.js'
import { type PostgresStore, postgresStore } from '../src/index.js'
import { createPool, transactIn } from './support/clients.js'
import { createSchema, noPostgres } from './support/server.js'

describe.skipIf(noPostgres)('isolation levels', () => {
  let pool: Pool
  let store: PostgresStore
  let table: string
  let drop: () => Promise<void>

  beforeAll(async () => {
    const created = await createSchema()
    drop = created.drop
    table = `${created.schema}.deliveries`
    pool = createPool()
    store = postgresStore({ client: pool, table })
    await store.migrate()
  })

  afterAll(async () => {
    await store.close()
    await pool.end()
    await drop()
  })

  test.each(['repeatable read', 'serializable'])(
    'a pool whose default is %s is refused by every operation, and nothing changes',
    async (level) => {
      const key = level
      await store.claim(claimRequest(key, 'owner'))
      const strict = createPool({ options: `-c default_transaction_isolation=${level.replace(' ', '\\ ')}` })
      const over = postgresStore({ client: strict, table })
      const owned = { key, token: 'owner' }
      const ends = await Promise.allSettled([
        over.claim(claimRequest(`new at ${key}`, 'owner')),
        over.claim(claimRequest(key, 'another')),
        over.claim(claimRequest(key, 'owner')),
        over.extend({ ...owned, leaseMs: 1 }),
        over.acknowledge(owned),
        over.complete(completeRequest(key, 'owner')),
        over.complete(completeRequest(`new at ${key}`, 'owner')),
        over.release(owned),
        over.fail(owned),
        over.forget({ key, force: true }),
      ])
      for (const end of ends) {
        expect(end).toMatchObject({ status: 'rejected', reason: storeFailed })
        expect(String('reason' in end && end.reason)).toContain(
          "default_transaction_isolation = 'read committed'",
        )
      }
      await strict.end()
      expect(await store.claim(claimRequest(key, 'another'))).toMatchObject({
        state: 'in-progress',
        attempts: 1,
      })
      expect(await store.claim(claimRequest(`new at ${key}`, 'another'))).toEqual({
        state: 'claimed',
        attempts: 1,
      })
    },
  )

  test.each(['READ COMMITTED', 'REPEATABLE READ', 'SERIALIZABLE'])(
    'a transaction of yours may be %s',
    async (level) => {
      const key = `in ${level}`
      await store.claim(claimRequest(key, 'owner'))
      const complete = transactIn(
        pool,
        async (open) => store.completeIn(open, completeRequest(key, 'owner')),
        `BEGIN ISOLATION LEVEL ${level}`,
      )
      expect(await complete).toBe(true)
      expect(await store.isCompleted({ key, token: 'owner' })).toBe(true)
    },
  )

  test('a strict transaction whose record has changed must be run again, and the error says so', async () => {
    await store.claim(claimRequest('outran', 'owner'))
    const attempt = (meanwhile: () => Promise<unknown>) =>
      transactIn(
        pool,
        async (open) => {
          await open.query('SELECT 1')
          await meanwhile()
          return store.completeIn(open, completeRequest('outran', 'owner'))
        },
        'BEGIN ISOLATION LEVEL REPEATABLE READ',
      )
    const renew = async () => store.extend({ key: 'outran', token: 'owner', leaseMs: 30_000 })
    await expect(attempt(renew)).rejects.toMatchObject({ ...storeFailed, cause: { code: '40001' } })
    expect(await attempt(async () => {})).toBe(true)
  })

  test('a completion is undone with its savepoint', async () => {
    await store.claim(claimRequest('savepoint', 'owner'))
    await transactIn(pool, async (open) => {
      await open.query('SAVEPOINT before')
      expect(await store.completeIn(open, completeRequest('savepoint', 'owner'))).toBe(true)
      await open.query('ROLLBACK TO before')
    })
    expect(await store.isCompleted({ key: 'savepoint', token: 'owner' })).toBe(false)
    expect(await store.extend({ key: 'savepoint', token: 'owner', leaseMs: 1_000 })).toBe(true)
  })

  test('in a transaction that has already failed, it fails like every statement', async () => {
    await store.claim(claimRequest('aborted', 'owner'))
    await transactIn(pool, async (open) => {
      await expect(open.query('SELECT 1 / 0')).rejects.toThrow()
      await expect(store.completeIn(open, completeRequest('aborted', 'owner'))).rejects.toMatchObject(
        storeFailed,
      )
    })
    expect(await store.isCompleted({ key: 'aborted', token: 'owner' })).toBe(false)
  })
})
