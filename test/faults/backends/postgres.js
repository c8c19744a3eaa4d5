import { setTimeout as sleep } from 'node:timers/promises'
import { postgresStore } from '@countersign/store-postgres'
import pg from 'pg'
import { startPostgresServer } from './postgres-server.js'

/** @returns {Promise<import('../types.js').Backend | string>} or what is missing */
export async function startPostgres() {
  const server = await startPostgresServer()
  if (typeof server === 'string') return server
  const { url } = server
  const openPool = () => {
    const pool = new pg.Pool({ connectionString: url, max: 2 })
    pool.on('error', () => {})
    return pool
  }
  /**
   * @template T
   * @param {(pool: import('pg').Pool) => Promise<T>} use
   */
  const withPool = async (use) => {
    const pool = openPool()
    try {
      return await use(pool)
    } finally {
      await pool.end()
    }
  }
  return {
    settings: { url },
    prepare: () =>
      withPool(async (pool) => {
        await pool.query('DROP TABLE IF EXISTS countersign_deliveries, effects')
        await postgresStore({ client: pool }).migrate()
        // No unique index: only the store must prevent the second row.
        await pool.query('CREATE TABLE effects (event text, attempt integer, process text, at float8)')
      }),
    async openStore() {
      const pool = openPool()
      return { store: postgresStore({ client: pool }), close: () => pool.end() }
    },
    readEffects: () =>
      withPool(async (pool) => (await pool.query('SELECT event, attempt, process, at FROM effects')).rows),
    restart: (downMs) => server.restart(downMs < 250 ? 'SIGKILL' : 'SIGQUIT', downMs),
    slowDown: (forMs, way) => (way < 0.5 ? server.freeze(forMs) : lockTable(forMs)),
    stop: () => server.stop(),
  }

  /** @param {number} forMs */
  async function lockTable(forMs) {
    await withPool(async (pool) => {
      const client = await pool.connect()
      client.on('error', () => {})
      try {
        await client.query('BEGIN')
        await client.query('LOCK TABLE countersign_deliveries IN ACCESS EXCLUSIVE MODE')
        await sleep(forMs)
        await client.query('COMMIT')
      } finally {
        client.release(true)
      }
    })
  }
}
