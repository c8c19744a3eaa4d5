import type { Pool, PoolClient } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { claimRequest, completeRequest, storeFailed } from '../../../test/support/store-requests.js'
import { type PostgresStore, postgresStore } from '../src/index.js'
import { createPool, transactIn } from './support/clients.js'
import { pollUntil } from './support/poll-until.js'
import { receiveOnce } from './support/receive-once.js'
import { createSchema, noPostgres } from './support/server.js'

describe.skipIf(noPostgres)('while others hold the record, the table or the connections', () => {
  let pool: Pool
  let store: PostgresStore
  let table: string
  let drop: () => Promise<void>

  beforeAll(async () => {
    const created = await createSchema()
    drop = created.drop
    table = `${created.schema}.deliveries`
    pool = createPool()
    store = postgresStore({ client: pool, table, lockTimeoutMs: 50 })
    await store.migrate()
  })

  afterAll(async () => {
    await store.close()
    await pool.end()
    await drop()
  })

  test('a record that a transaction has locked is in progress for a claim, and unchanged', async () => {
    await store.claim(claimRequest('locked', 'owner'))
    await transactIn(pool, async (open) => {
      await store.completeIn(open, completeRequest('locked', 'owner'))
      const result = await store.claim(claimRequest('locked', 'another'))
      expect(result).toMatchObject({ state: 'in-progress', attempts: 1 })
      expect(result.state === 'in-progress' && result.retryAfterMs).toBeGreaterThan(25_000)
      const owned = { key: 'locked', token: 'owner' }
      await expect(store.extend({ ...owned, leaseMs: 1_000 })).rejects.toThrow('lockTimeoutMs')
      const ends = await Promise.allSettled([
        store.acknowledge(owned),
        store.complete(completeRequest('locked', 'owner')),
        store.release(owned),
        store.fail(owned),
        store.forget({ key: 'locked', force: true }),
      ])
      for (const end of ends) expect(end).toMatchObject({ status: 'rejected', reason: storeFailed })
      expect(await store.isCompleted(owned)).toBe(false)
    })
    expect(await store.claim(claimRequest('locked', 'another'))).toMatchObject({
      state: 'completed',
      attempts: 2,
    })
  })

  test('the first claim of a key whose record is not committed is in progress', async () => {
    await transactIn(pool, async (open) => {
      const within = postgresStore({ client: async (text, params) => open.query(text, params), table })
      await within.claim(claimRequest('uncommitted', 'owner'))
      const result = await store.claim(claimRequest('uncommitted', 'another'))
      expect(result).toEqual({ state: 'in-progress', attempts: 1, retryAfterMs: 50 })
    })
  })

  test('the lock timeout applies only to the statement', async () => {
    const one = createPool({ max: 1 })
    const over = postgresStore({ client: one, table, lockTimeoutMs: 50 })
    await one.query("SET lock_timeout = '7s'")
    for (const token of ['owner', 'another']) await over.claim(claimRequest('limit', token))
    await over.extend({ ...claimRequest('limit', 'owner') })
    await over.complete(completeRequest('limit', 'owner'))
    await over.prune()
    expect((await one.query('SHOW lock_timeout')).rows).toEqual([{ lock_timeout: '7s' }])
    await one.end()
  })

  test('a locked table: the receiver answers 503 within its timeout', async () => {
    await transactIn(pool, async (open) => {
      await open.query(`LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`)
      const answer = await receiveOnce(store)
      expect(answer).toMatchObject({ type: 'unavailable', status: 503 })
      expect(answer.tookMs).toBeLessThan(2_000)
    })
    await pollUntil(() => pool.waitingCount === 0 && pool.idleCount === pool.totalCount)
  })

  test('a pool without a free connection fails after its own timeout, and the receiver answers 503', async () => {
    const full = createPool({ max: 1, connectionTimeoutMillis: 100 })
    const taken: PoolClient = await full.connect()
    const over = postgresStore({ client: full, table })
    await expect(over.claim(claimRequest('pool', 'owner'))).rejects.toMatchObject(storeFailed)
    expect(await receiveOnce(over)).toMatchObject({ type: 'unavailable', status: 503 })
    taken.release()
    expect(await over.claim(claimRequest('pool', 'owner'))).toMatchObject({ state: 'claimed' })
    await full.end()
  })
})
