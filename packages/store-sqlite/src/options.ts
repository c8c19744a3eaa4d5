import { checkedClock, refuseStoreOption } from '@countersign/core/stores'
import type { SqliteDatabase } from './client-types.js'
import { checkTableName } from './table-name.js'

/** Options of {@link sqliteStore}. */
export interface SqliteStoreOptions {
  /** A connection that only the store uses, to a file on a local disk. The store sets it to WAL and `synchronous=FULL`. You close it. */
  readonly database: SqliteDatabase
  /** The table's name; the store creates it if it is missing. Default `'countersign_deliveries'`. */
  readonly table?: string
  /**
   * Milliseconds that an operation waits, without blocking the process, while other connections have the file locked.
   * Default 1,500: less than a receiver's default `storeTimeoutMs`. Creating the store may block the process for as long.
   */
  readonly busyTimeoutMs?: number
  /**
   * `'auto'` prunes some records in the background about every 100 claims. `'manual'` deletes forgotten records only when you call
   * `prune()`. Default `'auto'`.
   */
  readonly prune?: 'auto' | 'manual'
  /** Milliseconds. All processes that use the file must agree on the time. Default `Date.now`. */
  readonly now?: () => number
}

/** What the parts of a store share. */
export interface SqliteSettings {
  readonly database: SqliteDatabase
  readonly table: string
  readonly busyTimeoutMs: number
  readonly prunesInBackground: boolean
  /** Whole milliseconds. */
  readonly now: () => number
}

/** @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID` */
export function readOptions(options: SqliteStoreOptions): SqliteSettings {
  const { database, table = 'countersign_deliveries', busyTimeoutMs = 1_500, prune = 'auto' } = options
  if (!Number.isFinite(busyTimeoutMs) || busyTimeoutMs < 0) {
    refuseStoreOption('sqliteStore', 'busyTimeoutMs must be a number of milliseconds, 0 or more')
  }
  if (prune !== 'auto' && prune !== 'manual') {
    refuseStoreOption('sqliteStore', `prune must be 'auto' or 'manual'`)
  }
  checkTableName(table)
  const now = checkedClock('sqlite', options.now ?? Date.now)
  return {
    database,
    table,
    busyTimeoutMs,
    prunesInBackground: prune === 'auto',
    // Columns hold whole numbers.
    now: () => Math.floor(now()),
  }
}
