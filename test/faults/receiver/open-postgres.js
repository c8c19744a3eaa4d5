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
    // From its first moment on: a connection that breaks while no statement runs on it would else end the process, and
    // `await pool.connect()` gives it a moment too late where the server dies with its first answer.
    pool.on('connect', (client) => client.on('error', () => {}))
    return pool
  }
  const store = postgresStore({ client: connect(), lockTimeoutMs: storeTimeoutMs - 100 })
  const haveEffect =
    form === 'plain' ? plainEffect(settings, parts) : postgresEffect(settings, { ...parts, pool: connect() })
  return { store, haveEffect }
}
