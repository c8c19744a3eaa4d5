import { checkedClock } from '@countersign/core/stores'
import type { SqliteDatabase } from './driver.js'
import { refuseOption } from './refuse-option.js'

/** Options of {@link sqliteStore}. */
export interface SqliteStoreOptions {
  /** A connection that is the store's alone, to a file on a local disk. It is set to WAL and `synchronous=FULL`, and stays yours to close. */
  readonly database: SqliteDatabase
  /** The table's name, made where it is missing. Default `countersign_deliveries`. */
  readonly table?: string
  /**
   * For how many milliseconds an operation waits, without blocking, while other connections have the file locked.
   * Default 1,500: less than a receiver's `storeTimeoutMs`. Creating the store may block for as long.
   */
  readonly busyTimeoutMs?: number
  /** `auto` removes a few forgotten records now and then as new ones come; `manual` leaves that to {@link SqliteStore.prune}. Default `auto`. */
  readonly prune?: 'auto' | 'manual'
  /** The time in milliseconds. Every process with the same file must go by the same. Default `Date.now`. */
  readonly now?: () => number
}

/** @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID` */
export function settleOptions(options: SqliteStoreOptions) {
  const { database, table = 'countersign_deliveries', busyTimeoutMs = 1_500, prune = 'auto' } = options
  const { now = Date.now } = options
  if (!Number.isFinite(busyTimeoutMs) || busyTimeoutMs < 0) {
    refuseOption('busyTimeoutMs must be a number of milliseconds, 0 or more')
  }
  if (prune !== 'auto' && prune !== 'manual') refuseOption(`prune must be 'auto' or 'manual'`)
  const checked = checkedClock('sqlite', now)
  return {
    database,
    table,
    busyTimeoutMs,
    isPruning: prune === 'auto',
    // Columns hold whole numbers.
    now: () => Math.floor(checked()),
  }
}
