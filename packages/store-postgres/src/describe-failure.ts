import type { DedupeStoreError } from '@countersign/core'
import { storeFailure } from '@countersign/core/stores'
import { isRecord } from './clients/read-rows.js'

/** The store's error for an error of the client, with what to change where PostgreSQL's code says enough. */
export function describeFailure(operation: string, cause: unknown, table: string): DedupeStoreError {
  return storeFailure('postgres', operation, { cause, reason: reasonOf(sqlStateOf(cause), table) })
}

/** The error of a statement that found another isolation level than READ COMMITTED, and so changed nothing. */
export function wrongIsolation(operation: string): DedupeStoreError {
  return storeFailure('postgres', operation, {
    reason:
      "it needs the isolation level READ COMMITTED, PostgreSQL's default, on the store's connections, and changed nothing. " +
      "Set it for the role (ALTER ROLE ... SET default_transaction_isolation = 'read committed') or give the store a pool " +
      "of its own (pg: options: '-c default_transaction_isolation=read\\\\ committed'). Transactions passed to completeIn may " +
      'have any level.',
  })
}

/** PostgreSQL's error code (SQLSTATE, five characters), also where an ORM has wrapped the error. */
export function sqlStateOf(error: unknown): string | undefined {
  let current = error
  for (let depth = 0; depth < 5 && isRecord(current); depth += 1) {
    const { code, meta, cause } = current
    // Prisma has its own code in `code`, and PostgreSQL's in `meta`.
    const found = [isRecord(meta) ? meta.code : undefined, code].find(isSqlState)
    if (found !== undefined) return found
    current = cause
  }
  return undefined
}

/** Every SQLSTATE the store meets has a digit; the system's codes, such as EPIPE, have none. */
function isSqlState(code: unknown): code is string {
  return typeof code === 'string' && /^(?=.*\d)[0-9A-Z]{5}$/.test(code)
}

function reasonOf(sqlState: string | undefined, table: string): string | undefined {
  switch (sqlState) {
    case '42P01':
    case '3F000':
      return `there is no table ${table} in this role's search_path. Call store.migrate() once, or run countersign store migrate or this package's schema.sql.`
    case '42703':
      return `the table ${table} lacks columns of this version. Call store.migrate() once, or run countersign store migrate or this package's schema.sql.`
    case '42501':
      return `the role lacks a privilege. It needs SELECT, INSERT, UPDATE and DELETE on ${table}; migrate() needs CREATE on its schema.`
    case '55P03':
      return 'another transaction has held the record for longer than lockTimeoutMs.'
    case '25006':
      return 'the connection is read-only. Connect the store to the primary, not to a replica.'
    case '40001':
      return 'the transaction must be run again: its isolation level could not be kept (SQLSTATE 40001).'
    case '26000':
    case '42P05':
      return 'the pooler between the store and PostgreSQL does not support prepared statements. Have the client run statements without a name.'
    default:
      return undefined
  }
}
