export type { SqliteDatabase, SqliteStatement } from './driver.js'
export type { SqliteStoreOptions } from './options.js'
export { type SqliteStore, sqliteStore } from './sqlite-store.js'
