/** The kinds of client that the store recognizes. */
export type ClientKind =
  | 'pool'
  | 'postgres.js'
  | 'pglite'
  | 'function'
  | 'connection'
  | 'transaction'
  | 'unknown'

/** Recognizes a client by its methods, since an `instanceof` would need the packages of all clients. */
export function clientKind(client: unknown): ClientKind {
  if (typeof client === 'function') {
    // Knex is a function too, but takes the name of a table.
    if (!('unsafe' in client)) return 'raw' in client ? 'unknown' : 'function'
    return 'begin' in client ? 'postgres.js' : 'transaction'
  }
  if (typeof client !== 'object' || client === null || !('query' in client)) return 'unknown'
  if ('totalCount' in client) return 'pool'
  if ('exec' in client) return 'transaction' in client ? 'pglite' : 'transaction'
  return 'connect' in client || 'release' in client ? 'connection' : 'unknown'
}
