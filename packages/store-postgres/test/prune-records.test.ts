import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { claimRequest, completeRequest, storeFailed } from '../../../test/support/store-requests.js'
import { postgresStore } from '../src/index.js'
import { createPool, transactIn } from './support/clients.js'
import { pollUntil } from './support/poll-until.js'
import { createSchema, noPostgres } from './support/server.js'

const day = 86_400_000

describe.skipIf(noPostgres)('pruning', () => {
  let pool: Pool
  let schema: string
  let drop: () => Promise<void>
  let now = Date.UTC(2026, 0, 15)

  beforeAll(async () => {
    const created = await createSchema()
    schema = created.schema
    drop = created.drop
    pool = createPool({ options: '-c synchronous_commit=off' })
  })

  afterAll(async () => {
    await pool.end()
    await drop()
  })

  const storeOver = async (name: string, prune: 'auto' | 'manual' = 'manual') => {
    const store = postgresStore({ client: pool, table: `${schema}.${name}`, prune, now: () => now })
    await store.migrate()
    return store
  }
  const rowsIn = async (name: string) =>
    Number((await pool.query(`SELECT count(*) FROM ${schema}.${name}`)).rows[0].count)
  /** So many completed records, without a statement for each. */
  const fill = (name: string, count: number) =>
    pool.query(
      `INSERT INTO ${schema}.${name} (digest, claimed_at, lease_until, retain_until, attempts, hold, acked, state, key)
       SELECT sha256(n::text::bytea), t, t, t, 1, false, false, 'completed', n::text
       FROM generate_series(1, $1::int) AS n, to_timestamp($2::float8 / 1000) AS t`,
      [count, now],
    )

  test('deletes forgotten records, and no others', async () => {
    const store = await storeOver('kept')
    const claim = (key: string, rest = {}) =>
      store.claim(claimRequest(key, 'owner', { retentionMs: day, ...rest }))
    for (const key of ['cut off', 'released', 'completed', 'failed', 'acked', 'later']) await claim(key)
    await claim('held', { hold: true })
    await claim('released from hold', { hold: true })
    await claim('long lease', { leaseMs: 3 * day })
    for (const key of ['released', 'released from hold']) await store.release({ key, token: 'owner' })
    await store.complete(completeRequest('completed', 'owner'))
    await store.fail({ key: 'failed', token: 'owner' })
    await store.acknowledge({ key: 'acked', token: 'owner' })
    await store.complete({ ...completeRequest('later', 'owner'), retentionMs: 2 * day })

    now += day - 1
    expect(await store.prune()).toBe(0)
    now += 1
    expect(await store.prune()).toBe(4)
    expect(await store.prune()).toBe(0)
    now += 2 * day
    expect(await store.prune()).toBe(2)
    expect(await rowsIn('kept')).toBe(3)
    expect(await store.count()).toMatchObject({ held: 1, failed: 1, orphaned: 1 })
  })

  test('stops at its limit, and skips locked records', async () => {
    const store = await storeOver('batches')
    await fill('batches', 2_500)
    expect(await store.prune({ limit: 0 })).toBe(0)
    expect(await store.prune({ limit: 10 })).toBe(10)
    expect(await store.prune({ limit: 1_200 })).toBe(1_200)
    await transactIn(pool, async (open) => {
      await open.query(`SELECT FROM ${schema}.batches LIMIT 90 FOR UPDATE`)
      expect(await store.prune()).toBe(1_200)
    })
    expect(await store.prune()).toBe(90)
    expect(await rowsIn('batches')).toBe(0)
  })

  test('in several processes deletes each record once', async () => {
    const stores = await Promise.all([1, 2, 3, 4].map(() => storeOver('together')))
    await fill('together', 5_000)
    const gone = await Promise.all(stores.map((store) => store.prune()))
    expect(gone.reduce((sum, count) => sum + count, 0)).toBe(5_000)
  })

  test('runs automatically after at most a thousand claims, and close() waits for it', async () => {
    const store = await storeOver('automatic', 'auto')
    await fill('automatic', 500)
    const claims = Array.from({ length: 1_000 }, (_, index) =>
      store.claim(claimRequest(`event ${index}`, 'owner')),
    )
    await Promise.all(claims)
    await store.close()
    expect(await rowsIn('automatic')).toBe(1_000)
  })

  test('does not run automatically if that is switched off', async () => {
    const store = await storeOver('manual')
    await fill('manual', 5)
    const claims = Array.from({ length: 1_001 }, (_, index) =>
      store.claim(claimRequest(`event ${index}`, 'owner')),
    )
    await Promise.all(claims)
    await store.close()
    expect(await rowsIn('manual')).toBe(1_006)
  })

  test('fails silently in the background, and throws when it is called', async () => {
    const rejections: unknown[] = []
    const note = (reason: unknown) => void rejections.push(reason)
    process.on('unhandledRejection', note)
    let pruned = 0
    const store = postgresStore({
      client: async (text) => {
        if (!text.includes('DELETE')) return ['claimed 1 0 other'].map((answer) => ({ answer }))
        pruned += 1
        throw new Error('it fails')
      },
    })
    for (let claim = 0; claim < 2_000; claim++) await store.claim(claimRequest('event', 'owner'))
    await pollUntil(() => pruned >= 1)
    await store.close()
    await expect(store.prune()).rejects.toMatchObject(storeFailed)
    process.off('unhandledRejection', note)
    expect(rejections).toEqual([])
  })
})
