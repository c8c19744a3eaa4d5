export type { SqliteDatabase, SqliteStatement } from './client-types.js'
export type { SqliteStoreOptions } from './options.js'
export { type SqliteStore, sqliteStore } from './sqlite-store.js'
