import { sqliteStore } from '@countersign/store-sqlite'
import Database from 'better-sqlite3'
import { plainEffect } from './plain-effect.js'
import { sqliteEffect } from './sqlite-effect.js'

/** @type {import('./open-store.js').Open} */
export async function open(settings, parts) {
  const { form, storeTimeoutMs } = settings.run
  const file = String(settings.backend.file)
  const store = sqliteStore({ database: new Database(file), busyTimeoutMs: storeTimeoutMs - 100 })
  const applyEffect =
    form === 'plain'
      ? plainEffect(settings, parts)
      : sqliteEffect(settings, { ...parts, database: new Database(file, { timeout: 50 }) })
  return { store, applyEffect }
}
