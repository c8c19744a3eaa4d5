import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readAll } from '../../../test/support/read-all.js'
import { claimRequest, completeRequest, storeFailed } from '../../../test/support/store-requests.js'
import { postgresStore } from '../src/index.js'
import { schemaFile } from '../src/schema.js'
import { createPool } from './support/clients.js'
import { pollUntil } from './support/poll-until.js'
import { createSchema, noPostgres } from './support/server.js'

test('migrate() runs schema.sql', () => {
  const shipped = readFileSync(new URL('../schema.sql', import.meta.url), 'utf8')
  expect(shipped).toBe(schemaFile('countersign_deliveries'))
})

describe.skipIf(noPostgres)('the table', () => {
  let pool: Pool
  let schema: string
  let drop: () => Promise<void>

  beforeAll(async () => {
    const created = await createSchema()
    schema = created.schema
    drop = created.drop
    pool = createPool({ max: 20 })
  })

  afterAll(async () => {
    await pool.end()
    await drop()
  })

  test('is created once when twenty processes start together', async () => {
    for (let round = 0; round < 10; round++) {
      const table = `${schema}.begun_${round}`
      const stores = Array.from({ length: 20 }, () => postgresStore({ client: pool, table }))
      await Promise.all(stores.map((store) => store.migrate()))
      expect(await stores[0]?.claim(claimRequest('event', 'owner'))).toMatchObject({ state: 'claimed' })
      await Promise.all(stores.map((store) => store.migrate()))
      expect(await stores[0]?.claim(claimRequest('event', 'another'))).toMatchObject({ state: 'in-progress' })
    }
  })

  test('is the same from schema.sql as from migrate()', async () => {
    const only = createPool({ options: `-c search_path=${schema}` })
    await only.query(readFileSync(new URL('../schema.sql', import.meta.url), 'utf8'))
    const store = postgresStore({ client: only })
    expect(await store.migrate()).toBe('unchanged')
    expect(await store.claim(claimRequest('event', 'owner'))).toEqual({ state: 'claimed', attempts: 1 })
    await only.end()
  })

  /** A table as each earlier version made it, with one record. */
  const earlierTables: readonly (readonly string[])[] = [[], ['attempted_at double precision']]
  const ways = ['migrate', 'schema.sql'] as const

  test.each(earlierTables.flatMap((later) => ways.map((way) => [later, way] as const)))(
    'of an earlier version, with %j, gets its new columns by %s, and keeps working',
    async (later, way) => {
      const signedAt = Date.UTC(2026, 0, 15)
      const table = 'countersign_deliveries'
      const only = createPool({ options: `-c search_path=${schema}` })
      await only.query(`DROP TABLE IF EXISTS ${table};
      CREATE TABLE ${table} (digest bytea PRIMARY KEY, claimed_at timestamptz NOT NULL,
      lease_until timestamptz NOT NULL, retain_until timestamptz NOT NULL, attempts integer NOT NULL, hold boolean NOT NULL,
      acked boolean NOT NULL, state text NOT NULL CHECK (state IN ('claimed', 'free', 'completed', 'failed')),
      token text, fingerprint text, key text NOT NULL) WITH (fillfactor = 80);
      INSERT INTO ${table} VALUES
      (sha256('event'), now(), now(), now() + interval '1 day', 3, false, false, 'free', NULL, NULL, 'event'),
      (sha256('failed'), now(), now(), 'infinity', 9, false, false, 'failed', NULL, NULL, 'failed')`)
      for (const column of later) await only.query(`ALTER TABLE ${table} ADD COLUMN ${column}`)
      const stores = Array.from({ length: 10 }, () => postgresStore({ client: only }))
      const [store] = stores as [(typeof stores)[0]]
      const claim = (token: string, attemptedAt: number, key = 'event') =>
        store.claim(claimRequest(key, token, { leaseMs: 0, attemptedAt, event: 'push' }))
      for (const call of [() => claim('too early', signedAt), () => readAll(store.list())])
        await expect(call()).rejects.toThrow('store.migrate()')
      if (way === 'migrate') {
        const done = await Promise.all(stores.map((one) => one.migrate()))
        expect(done).toContain('updated')
        expect(done).not.toContain('created')
      } else await only.query(readFileSync(new URL('../schema.sql', import.meta.url), 'utf8'))
      expect(await store.migrate()).toBe('unchanged')
      const listed = async (states: readonly ['free' | 'failed']) => {
        const [{ event, attempts, copies, lastCode } = expect.fail('nothing is listed')] = await readAll(
          store.list({ states }),
        )
        return [event, attempts, copies, lastCode]
      }
      expect(await listed(['failed'])).toEqual([undefined, 9, 0, undefined])
      expect(await listed(['free'])).toEqual([undefined, 3, 0, undefined])
      await claim('copy', signedAt, 'failed')
      expect(await listed(['failed'])).toEqual([undefined, 9, 1, undefined])
      expect(await claim('first', signedAt)).toEqual({ state: 'claimed', attempts: 4 })
      expect(await claim('copy', signedAt)).toEqual({ state: 'claimed', attempts: 4 })
      expect(await listed(['free'])).toEqual(['push', 5, 0, undefined])
      expect(await claim('second', signedAt + 1)).toEqual({ state: 'claimed', attempts: 5 })
      expect(await store.complete(completeRequest('event', 'second'))).toBe(true)
      await only.end()
    },
  )

  test('may have a name that SQL reads differently without quotes', async () => {
    for (const name of ['order', 'Deliveries', 'a$1', 'x'.repeat(63)]) {
      const store = postgresStore({ client: pool, table: `${schema}.${name}` })
      expect(await store.migrate()).toBe('created')
      expect(await store.claim(claimRequest('event', 'owner'))).toMatchObject({ state: 'claimed' })
      expect(await store.count()).toMatchObject({ claimed: 1 })
    }
  })

  test('that is missing causes an error with the fix', async () => {
    const store = postgresStore({ client: pool, table: `${schema}.missing` })
    const claiming = store.claim(claimRequest('event', 'owner'))
    await expect(claiming).rejects.toMatchObject(storeFailed)
    await expect(claiming).rejects.toThrow('store.migrate()')
  })

  test('works for a role that may neither create nor change tables', async () => {
    const role = `countersign_${randomBytes(6).toString('hex')}`
    const table = `${schema}.restricted`
    const owner = postgresStore({ client: pool, table })
    await owner.migrate()
    await pool.query(`CREATE ROLE ${role}`)
    await pool.query(`GRANT USAGE ON SCHEMA ${schema} TO ${role}`)
    const restricted = createPool({ options: `-c role=${role}` })
    try {
      const store = postgresStore({ client: restricted, table })
      await expect(store.claim(claimRequest('event', 'owner'))).rejects.toThrow(
        'SELECT, INSERT, UPDATE and DELETE',
      )
      await pool.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ${table} TO ${role}`)
      await store.migrate()
      await store.claim(claimRequest('event', 'owner'))
      expect(await store.complete(completeRequest('event', 'owner'))).toBe(true)
      expect(await store.forget({ key: 'event' })).toBe(true)
      expect(await store.prune()).toBe(0)
    } finally {
      await restricted.end()
      await pool.query(`DROP OWNED BY ${role}`)
      await pool.query(`DROP ROLE ${role}`)
    }
  })

  test("is updated within its pages: a delivery's changes do not touch the index", async () => {
    const one = createPool({ max: 1 })
    const store = postgresStore({ client: one, table: `${schema}.hot` })
    await store.migrate()
    for (let index = 0; index < 300; index++) {
      await store.claim(claimRequest(`${index}`, 'owner'))
      await store.complete(completeRequest(`${index}`, 'owner'))
    }
    // A server's process reports its counts when it ends.
    await one.end()
    const read = async () => {
      const { rows } = await pool.query(
        'SELECT n_tup_upd AS updates, n_tup_hot_upd AS hot FROM pg_stat_user_tables WHERE schemaname = $1 AND relname = $2',
        [schema, 'hot'],
      )
      return { updates: Number(rows[0].updates), hot: Number(rows[0].hot) }
    }
    await pollUntil(async () => (await read()).updates >= 300)
    const { updates, hot } = await read()
    expect(hot / updates).toBeGreaterThan(0.9)
  })
})
