import { Pool } from 'pg'
import postgres from 'postgres'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { claimRequest, completeRequest } from '../../../test/support/store-requests.js'
import { type PostgresStore, postgresStore } from '../src/index.js'
import type { Connected } from './support/clients.js'
import { createPool, transactIn } from './support/clients.js'
import { createSchema, noPostgres } from './support/server.js'
import { type StartedPooler, startPooler } from './support/start-pooler.js'

const connections = 4

function connectPg(url: string): Connected {
  const pool = new Pool({ connectionString: url, max: connections })
  pool.on('error', () => {})
  return { client: pool, transact: (run) => transactIn(pool, run), end: () => pool.end() }
}

function connectPostgresJs(url: string, prepare = true): Connected {
  const client = postgres(url, { max: connections, prepare })
  const transact: Connected['transact'] = async (run) => {
    let result: Awaited<ReturnType<typeof run>> | undefined
    await client.begin(async (sql) => {
      result = await run(sql)
    })
    return result as Awaited<ReturnType<typeof run>>
  }
  return { client, transact, end: () => client.end({ timeout: 1 }) }
}

describe.skipIf(noPostgres).each([
  ['pg', connectPg],
  ['postgres.js', connectPostgresJs],
])('over %s, behind a pooler in transaction mode without prepared statements', (name, connect) => {
  let schema: string
  let drop: () => Promise<void>
  let pooler: StartedPooler
  let connected: Connected
  let store: PostgresStore
  let warnings: string[]

  beforeAll(async () => {
    const created = await createSchema()
    schema = created.schema
    drop = created.drop
    const pool = createPool()
    await postgresStore({ client: pool, table: `${schema}.deliveries` }).migrate()
    await pool.end()
  })
  afterAll(() => drop())
  beforeEach(async () => {
    warnings = []
    vi.spyOn(console, 'warn').mockImplementation((message) => void warnings.push(message))
    pooler = await startPooler()
    // Sessions that outlive who opened them: the pooler has more of them than clients, and so gives each another one.
    const before = createPool({ connectionString: pooler.url })
    await Promise.all(
      ['one', 'two', 'three'].map((text) => before.query('SELECT $1::text, pg_sleep(0.05)', [text])),
    )
    await before.end()
    connected = connect(pooler.url)
    store = postgresStore({ client: connected.client, table: `${schema}.deliveries` })
  })
  afterEach(async () => {
    vi.restoreAllMocks()
    await connected.end()
    await pooler.stop()
  })

  const refusals = () => pooler.errors.filter((state) => state === '42P05' || state === '26000')

  test('every event is claimed and completed, one line says why, and no statement is refused after that', async () => {
    const deliver = async (key: string) => {
      const claimed = await store.claim(claimRequest(key, 'token'))
      return [claimed, await store.complete(completeRequest(key, 'token'))]
    }
    const keysOf = (round: number) => Array.from({ length: 100 }, (_, index) => `${round} of ${index}`)
    const first = await Promise.all(keysOf(1).map(deliver))
    const before = refusals().length
    const second = await Promise.all(keysOf(2).map(deliver))
    expect([...first, ...second]).toEqual(
      Array.from({ length: 200 }, () => [{ state: 'claimed', attempts: 1 }, true]),
    )
    // Over postgres.js the pooler is seen before the first statement.
    expect(before > 0).toBe(name === 'pg')
    expect(refusals()).toHaveLength(before)
    expect(new Set(pooler.errors)).toEqual(new Set(refusals()))
    expect(warnings).toEqual([expect.stringMatching(/^countersign: .*pooler.*prepare: false/)])
  })

  test.each<[string, (store: PostgresStore, key: string) => Promise<unknown>, unknown]>([
    ['claim', async (one, key) => one.claim(claimRequest(key, 'b')), { state: 'in-progress' }],
    ['extend', async (one, key) => one.extend({ key, token: 'a', leaseMs: 1_000 }), true],
    ['acknowledge', async (one, key) => one.acknowledge({ key, token: 'a' }), true],
    ['complete', async (one, key) => one.complete(completeRequest(key, 'a')), true],
    ['complete of another', async (one, key) => one.complete(completeRequest(key, 'b')), false],
    ['release', async (one, key) => one.release({ key, token: 'a' }), 'released'],
    ['fail', async (one, key) => one.fail({ key, token: 'a' }), true],
    ['forget', async (one, key) => one.forget({ key, force: true }), true],
    ['isCompleted', async (one, key) => one.isCompleted({ key, token: 'a' }), false],
    ['prune', async (one) => one.prune(), 0],
    ['count', async (one) => one.count(), {}],
    ['migrate', async (one) => one.migrate(), 'unchanged'],
    [
      'list',
      async (one) => {
        let listed = 0
        for await (const _record of one.list()) listed += 1
        return listed > 0
      },
      true,
    ],
  ])('%s is answered, whichever is the first to be refused', async (operation, ask, expected) => {
    const pool = createPool()
    const direct = postgresStore({ client: pool, table: `${schema}.deliveries` })
    // Sixteen at once over four connections: sooner or later one is refused.
    for (let round = 0; warnings.length === 0; round++) {
      const keys = Array.from({ length: 16 }, (_, index) => `${operation} ${round} ${index}`)
      await Promise.all(keys.map((key) => direct.claim(claimRequest(key, 'a'))))
      for (const answer of await Promise.all(keys.map((key) => ask(store, key)))) {
        if (typeof expected === 'object') expect(answer).toMatchObject(expected as object)
        else expect(answer).toBe(expected)
      }
    }
    expect(warnings).toHaveLength(1)
    await pool.end()
  })

  test('a transaction completes: its statements have no name from the start', async () => {
    // postgres.js prepares its own COMMIT unless an option turns that off, and takes the resulting rollback for a commit.
    const user = connect(pooler.url, false)
    const keys = Array.from({ length: 40 }, (_, index) => `in a transaction ${index}`)
    const pool = createPool()
    const direct = postgresStore({ client: pool, table: `${schema}.deliveries` })
    await Promise.all(keys.map((key) => direct.claim(claimRequest(key, 'a'))))
    for (const key of keys) {
      const transaction = user.transact(
        (open) => store.completeIn(open, completeRequest(key, 'a')) as Promise<boolean>,
      )
      expect(await transaction).toBe(true)
      expect(await direct.isCompleted({ key, token: 'a' })).toBe(true)
    }
    expect(refusals()).toEqual([])
    await user.end()
    await pool.end()
  })
})
