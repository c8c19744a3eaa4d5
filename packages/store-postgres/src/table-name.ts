import { refuseStoreOption } from '@countersign/core/stores'

/** PostgreSQL cuts names at 63 bytes. */
const namePattern = /^(?:([A-Za-z_][A-Za-z0-9_$]{0,62})\.)?([A-Za-z_][A-Za-z0-9_$]{0,62})$/

/**
 * Quotes a table's name. Only plain names pass: the name becomes part of the SQL, where a quotation mark would let SQL in.
 *
 * @param name with or without its schema: `ops.deliveries`
 * @returns the quoted name: `"ops"."deliveries"`
 * @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID`
 */
export function readTableName(name: string): string {
  const match = typeof name === 'string' ? namePattern.exec(name) : null
  if (!match) {
    return refuseStoreOption(
      'postgresStore',
      "table must be a name such as 'countersign_deliveries' or 'ops.deliveries': letters, digits, _ and $, " +
        'no quotes, at most 63 characters',
    )
  }
  const [, schema, table] = match
  return schema === undefined ? `"${table}"` : `"${schema}"."${table}"`
}
