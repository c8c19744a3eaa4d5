export type {
  PGliteDatabase,
  PgPool,
  PostgresClient,
  PostgresJs,
  PostgresTransaction,
  QueryFunction,
} from './client-types.js'
export type { Migration } from './migrate.js'
export { type PostgresStore, type PostgresStoreOptions, postgresStore } from './postgres-store.js'
