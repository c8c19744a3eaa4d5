import type { DedupeStoreError } from '@countersign/core'
import { storeFailure } from '@countersign/core/stores'
import { isRecord } from './read-rows.js'

/** The five characters by which PostgreSQL names what went wrong, also where an ORM has wrapped the error. */
export function sqlStateOf(error: unknown): string | undefined {
  let current = error
  for (let depth = 0; depth < 5 && isRecord(current); depth += 1) {
    const { code, meta, cause } = current
    // Prisma has a code of its own, and PostgreSQL's beside it.
    const found = [isRecord(meta) ? meta.code : undefined, code].find(isSqlState)
    if (found !== undefined) return found
    current = cause
  }
  return undefined
}

/** All of them have a digit; codes of the system, as EPIPE, have none. */
function isSqlState(code: unknown): code is string {
  return typeof code === 'string' && /^(?=.*\d)[0-9A-Z]{5}$/.test(code)
}

/** The store's error for an error of the client; says what to do where PostgreSQL's code tells. */
export function explainFailure(operation: string, table: string, cause: unknown): DedupeStoreError {
  const reason = reasonOf(sqlStateOf(cause), table)
  return storeFailure('postgres', operation, { cause, ...(reason !== undefined && { reason }) })
}

function reasonOf(sqlState: string | undefined, table: string): string | undefined {
  switch (sqlState) {
    case '42P01':
    case '3F000':
      return `there is no table ${table} for this role's search_path. Call store.migrate() once, or run countersign store migrate or schema.sql of this package.`
    case '42703':
      return `the table ${table} is not as this version of the package makes it. Call store.migrate() once, or run countersign store migrate or schema.sql of this package.`
    case '42501':
      return `the role may not do this. It needs SELECT, INSERT, UPDATE and DELETE on ${table}; migrate() needs CREATE on its schema.`
    case '55P03':
      return 'another transaction has held the record for longer than lockTimeoutMs.'
    case '25006':
      return 'the connection is read-only. The store needs the primary, not a replica.'
    case '40001':
      return 'the transaction must be run again, as its isolation level asks for (SQLSTATE 40001).'
    case '26000':
    case '42P05':
      return 'the pooler in between does not know prepared statements. Have the client run statements without a name.'
    default:
      return undefined
  }
}

/** Where a statement found itself at another level than READ COMMITTED, and so did nothing. */
export function wrongIsolation(operation: string): DedupeStoreError {
  return storeFailure('postgres', operation, {
    reason:
      "it needs the isolation level READ COMMITTED, PostgreSQL's default, on the store's connections, and changed nothing. " +
      "Set it for the role (ALTER ROLE ... SET default_transaction_isolation = 'read committed') or give the store a pool " +
      "of its own (pg: options: '-c default_transaction_isolation=read\\\\ committed'). Transactions passed to completeIn may " +
      'have any level.',
  })
}
