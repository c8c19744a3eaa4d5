import { postgresStore } from '@countersign/store-postgres'
import { claimAndComplete } from './claim-and-complete.js'
import { makeRequests } from './make-requests.js'

const url = process.env.COUNTERSIGN_POSTGRES_URL ?? 'postgres://postgres@127.0.0.1:5432/test'
const connections = 10

/** @type {readonly import('./compare-clients.js').Client[]} */
export const postgresClients = [
  {
    name: 'PostgreSQL, pg',
    backend: 'PostgreSQL',
    async open() {
      const { default: pg } = await import('pg')
      const pool = new pg.Pool({ connectionString: url, max: connections })
      pool.on('error', () => {})
      return await bothSides(pool, {
        // As the store does, each connection prepares a statement once.
        run: (text, values) => pool.query({ name: text.slice(0, 30), text, values: [...values] }),
        close: () => pool.end(),
      })
    },
  },
  {
    name: 'PostgreSQL, postgres.js',
    backend: 'PostgreSQL',
    async open() {
      const { default: postgres } = await import('postgres')
      const sql = postgres(url, { max: connections, onnotice: () => {} })
      return await bothSides(sql, {
        run: (text, values) => sql.unsafe(text, [...values], { prepare: true }),
        close: () => sql.end(),
      })
    },
  },
]

/**
 * The raw commands are an INSERT ... ON CONFLICT DO NOTHING and an UPDATE by the key.
 *
 * @param {Parameters<typeof postgresStore>[0]['client']} client
 * @param {{ run: (text: string, values: readonly string[]) => PromiseLike<unknown>, close: () => Promise<unknown> }} raw
 * @returns {Promise<import('./compare-clients.js').Sides>}
 */
async function bothSides(client, { run, close }) {
  const table = `bench_${process.pid}`
  const store = postgresStore({ client, table })
  const insert = `INSERT INTO ${table}_raw VALUES ($1, 'claimed', now() + interval '30 s') ON CONFLICT DO NOTHING`
  const update = `UPDATE ${table}_raw SET state = 'completed', until = now() + interval '3 days' WHERE key = $1`
  const next = makeRequests('ours')
  const nextRaw = makeRequests('raw')
  try {
    await store.migrate()
    await run(
      `CREATE TABLE ${table}_raw (key text PRIMARY KEY, state text NOT NULL, until timestamptz NOT NULL)`,
      [],
    )
  } catch (error) {
    await close()
    throw /** @type {Error} */ (error).cause ?? error
  }
  return {
    ours: () => claimAndComplete(store, next),
    async peer() {
      const values = [nextRaw().key]
      await run(insert, values)
      await run(update, values)
    },
    async close() {
      await store.close()
      await run(`DROP TABLE ${table}, ${table}_raw`, [])
      await close()
    },
  }
}
