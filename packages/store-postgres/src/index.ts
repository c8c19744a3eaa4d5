export type {
  PGliteDatabase,
  PgPool,
  PostgresClient,
  PostgresJs,
  PostgresTransaction,
  QueryFunction,
} from './client-types.js'
export type { Migration } from './migrate.js'
export type { PostgresStoreOptions } from './options.js'
export { type PostgresStore, postgresStore } from './postgres-store.js'
