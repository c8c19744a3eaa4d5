import { PGlite } from '@electric-sql/pglite'
import { Client } from 'pg'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { claimRequest, completeRequest, storeFailed } from '../../../test/support/store-requests.js'
import { type PostgresClient, type PostgresStore, postgresStore } from '../src/index.js'
import { createPool, transactIn } from './support/clients.js'
import { createSchema, noPostgres, url } from './support/server.js'

const invalid = { name: 'WebhookConfigurationError', code: 'ERR_WEBHOOK_OPTION_INVALID' }

/** What a call throws. */
function thrownBy(call: () => unknown): unknown {
  try {
    return call()
  } catch (error) {
    return error
  }
}

describe('an invalid client is refused when the store is created', () => {
  const refused: [string, unknown, RegExp][] = [
    ['nothing', undefined, /must be a Pool/],
    ['a URL', url, /must be a Pool/],
    ['an object', {}, /must be a Pool/],
    ['a single connection', new Client(), /not one connection: .* ROLLBACK/],
    ['a query builder that is a function', Object.assign(() => {}, { raw: () => {} }), /must be a Pool/],
  ]
  test.each(refused)('%s', (_, client, message) => {
    const error = thrownBy(() => postgresStore({ client: client as PostgresClient }))
    expect(error).toMatchObject({ ...invalid, message: expect.stringMatching(message) })
  })

  test.each(['', 'a b', 'a"b', 'a.b.c', '.a', 'a;b', 'x'.repeat(64), 7 as unknown as string])(
    'a table %j',
    (table) => {
      expect(thrownBy(() => postgresStore({ client: async () => [], table }))).toMatchObject(invalid)
    },
  )

  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('lockTimeoutMs %d', (lockTimeoutMs) => {
    expect(thrownBy(() => postgresStore({ client: async () => [], lockTimeoutMs }))).toMatchObject(invalid)
  })
})

describe.skipIf(noPostgres)('over a server', () => {
  let table: string
  let drop: () => Promise<void>
  const pool = createPool()
  const sql = postgres(url)
  let store: PostgresStore

  beforeAll(async () => {
    const created = await createSchema()
    drop = created.drop
    table = `${created.schema}.deliveries`
    store = postgresStore({ client: pool, table })
    await store.migrate()
  })

  afterAll(async () => {
    await pool.end()
    await sql.end()
    await drop()
  })

  test('a connection of a pool, a transaction and a reserved connection are not clients', async () => {
    const connection = await pool.connect()
    expect(thrownBy(() => postgresStore({ client: connection as never }))).toMatchObject(invalid)
    connection.release()
    const reserved = await sql.reserve()
    expect(thrownBy(() => postgresStore({ client: reserved as never }))).toMatchObject(invalid)
    reserved.release()
    await sql.begin(async (transaction) => {
      expect(thrownBy(() => postgresStore({ client: transaction as never }))).toMatchObject(invalid)
    })
  })

  test('a function can run statements, and return rows or an object with rows, as objects or arrays', async () => {
    const functions = [
      async (text: string, values: string[]) => pool.query(text, values),
      async (text: string, values: string[]) => (await pool.query({ text, values, rowMode: 'array' })).rows,
      (text: string, values: string[]) => sql.unsafe(text, values),
    ]
    for (const [index, client] of functions.entries()) {
      const over = postgresStore({ client, table })
      await over.migrate()
      const key = `function ${index}`
      expect(await over.claim(claimRequest(key, 'owner'))).toEqual({ state: 'claimed', attempts: 1 })
      expect(await over.complete(completeRequest(key, 'owner'))).toBe(true)
      expect(await over.claim(claimRequest(key, 'another'))).toMatchObject({
        state: 'completed',
        attempts: 2,
      })
    }
  })

  test('parsers and renamings of the client change nothing', async () => {
    const renaming = postgres(url, {
      transform: { column: (name) => name.toUpperCase(), value: (value) => value, row: (row) => row },
    })
    const over = postgresStore({ client: renaming, table })
    await over.claim(claimRequest('renamed', 'owner'))
    expect(await over.count()).toMatchObject({ claimed: 1 })
    expect(await over.forget({ key: 'renamed', force: true })).toBe(true)
    await renaming.end()
  })

  test('without prepared statements everything works, and the server stores none', async () => {
    const one = createPool({ max: 1 })
    const plain = postgresStore({ client: one, table, prepare: false })
    await plain.claim(claimRequest('plain', 'owner'))
    expect(await plain.complete(completeRequest('plain', 'owner'))).toBe(true)
    expect((await one.query('SELECT FROM pg_prepared_statements')).rowCount).toBe(0)
    await postgresStore({ client: one, table }).claim(claimRequest('plain', 'owner'))
    expect((await one.query('SELECT FROM pg_prepared_statements')).rowCount).toBe(2)
    await one.end()
  })

  test('completeIn refuses anything but an open transaction', async () => {
    await store.claim(claimRequest('no transaction', 'owner'))
    const connection = await pool.connect()
    const asFunction = (text: string, params: string[]) => pool.query(text, params)
    const onConnection = (text: string, params: string[]) => connection.query(text, params)
    const reserved = await sql.reserve()
    for (const wrong of [pool, sql, connection, asFunction, onConnection, reserved, () => {}]) {
      const completing = store.completeIn(wrong as never, completeRequest('no transaction', 'owner'))
      await expect(completing).rejects.toMatchObject(invalid)
    }
    reserved.release()
    connection.release()
    expect(await store.isCompleted({ key: 'no transaction', token: 'owner' })).toBe(false)
    expect(await store.claim(claimRequest('no transaction', 'another'))).toMatchObject({
      state: 'in-progress',
    })
  })

  test('completeIn works with every form of an open transaction', async () => {
    const complete = async (key: string, transaction: unknown) => {
      await store.claim(claimRequest(key, 'owner'))
      expect(await store.completeIn(transaction as never, completeRequest(key, 'owner'))).toBe(true)
      expect(await store.isCompleted({ key, token: 'owner' })).toBe(false)
    }
    const keys = ['connection', 'function', 'query builder', 'postgres.js', 'savepoint']
    const [connection = '', asFunction = '', builder = '', ofPostgres = '', savepoint = ''] = keys
    await transactIn(pool, async (open) => {
      await complete(connection, open)
      await complete(asFunction, (text: string, params: string[]) => open.query(text, params))
      // As Knex has it: a question mark for each parameter, in their order.
      await complete(builder, (text: string, params: string[]) => {
        let index = 0
        const questions = text.replace(/\$\d+/g, '?')
        return open.query(
          questions.replace(/\?/g, () => `$${++index}`),
          params,
        )
      })
    })
    await sql.begin(async (open) => {
      await complete(ofPostgres, open)
      await open.savepoint((inner) => complete(savepoint, inner))
    })
    for (const key of keys) expect(await store.isCompleted({ key, token: 'owner' }), key).toBe(true)
  })
})

test('a call that waits for its own PGlite transaction gets an error, and the transaction continues', {
  timeout: 60_000,
}, async () => {
  const database = await PGlite.create()
  const store = postgresStore({ client: database })
  await store.migrate()
  await store.claim(claimRequest('event', 'owner'))
  await database.transaction(async (tx) => {
    expect(thrownBy(() => postgresStore({ client: tx as never }))).toMatchObject(invalid)
    await expect(store.extend({ key: 'event', token: 'owner', leaseMs: 1_000 })).rejects.toMatchObject({
      ...storeFailed,
      message: expect.stringContaining('PGlite has one connection'),
    })
    expect(await store.completeIn(tx, completeRequest('event', 'owner'))).toBe(true)
    await expect(
      store.completeIn(database as never, completeRequest('event', 'owner')),
    ).rejects.toMatchObject(invalid)
  })
  expect(await store.isCompleted({ key: 'event', token: 'owner' })).toBe(true)
  await database.close()
})
