import { postgresStore } from '@countersign/store-postgres'
import pg from 'pg'
import { plainEffect } from './plain-effect.js'
import { postgresEffect } from './postgres-effect.js'

/** @type {import('./open-store.js').Open} */
export async function open(settings, parts) {
  const { form, storeTimeoutMs } = settings.run
  const connect = () => {
    const pool = new pg.Pool({
      connectionString: settings.backend.url,
      max: 8,
      connectionTimeoutMillis: 2_000,
    })
    pool.on('error', () => {})
    // Must be attached at once: without a listener, a connection that breaks while idle ends the process, and
    // `await pool.connect()` returns the client too late if the server dies with its first answer.
    pool.on('connect', (client) => client.on('error', () => {}))
    return pool
  }
  const store = postgresStore({ client: connect(), lockTimeoutMs: storeTimeoutMs - 100 })
  const applyEffect =
    form === 'plain' ? plainEffect(settings, parts) : postgresEffect(settings, { ...parts, pool: connect() })
  return { store, applyEffect }
}
