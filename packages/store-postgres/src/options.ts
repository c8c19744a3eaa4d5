import { checkedClock, refuseStoreOption } from '@countersign/core/stores'
import type { PostgresClient } from './client-types.js'
import { resolveClient } from './resolve-client.js'
import type { RunStatement, StatementSettings } from './statements/statement.js'
import { readTableName } from './table-name.js'

/** Options of {@link postgresStore}. */
export interface PostgresStoreOptions {
  /** A Pool of pg, the `sql` of postgres.js, a PGlite database, or a function that runs a statement by itself. You close it. */
  readonly client: PostgresClient
  /** The table's name, with or without its schema: `'ops.deliveries'`. Default `'countersign_deliveries'`. */
  readonly table?: string
  /**
   * `'auto'` prunes part of the table in the background about every 1,000 claims. `'manual'` deletes forgotten records only when you
   * call `prune()`. Default `'auto'`.
   */
  readonly prune?: 'auto' | 'manual'
  /**
   * Milliseconds that a statement waits for a record that another transaction has locked; a claim is then answered
   * as in progress. Default 1,000. Set it below the receiver's `storeTimeoutMs`.
   */
  readonly lockTimeoutMs?: number
  /**
   * Whether pg and postgres.js prepare each statement once per connection. Default true. Behind a pooler in transaction mode
   * that does not support prepared statements (PgBouncer before 1.21, or with `max_prepared_statements = 0`) the store notices,
   * warns once with `console.warn` and continues without them; `false` never prepares any.
   */
  readonly prepare?: boolean
  /** Milliseconds since 1970, for tests. Default: the database's clock. */
  readonly now?: () => number
}

/** What the parts of a store share. */
export interface PostgresSettings extends StatementSettings {
  readonly run: RunStatement
  /** The table's name as the user wrote it, for messages. */
  readonly tableName: string
  readonly prunesInBackground: boolean
  readonly now: (() => number) | undefined
}

/** PostgreSQL holds `lock_timeout` in 32 bits. */
const longestLockTimeoutMs = 2_147_483_647

/** @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID` */
export function readOptions(options: PostgresStoreOptions): PostgresSettings {
  const { client, table = 'countersign_deliveries', lockTimeoutMs = 1_000, prepare = true, now } = options
  if (!(Number.isInteger(lockTimeoutMs) && lockTimeoutMs > 0 && lockTimeoutMs <= longestLockTimeoutMs)) {
    refuseStoreOption('postgresStore', 'lockTimeoutMs must be a whole number of milliseconds, 1 or more')
  }
  return {
    table: readTableName(table),
    tableName: table,
    run: resolveClient(client, prepare),
    lockTimeoutMs,
    prunesInBackground: options.prune !== 'manual',
    ownClock: now !== undefined,
    now: now && checkedClock('postgres', now),
  }
}
