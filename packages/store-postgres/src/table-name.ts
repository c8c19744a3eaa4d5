import { WebhookConfigurationError } from '@countersign/core'

/** A table's name. */
export interface TableName {
  /** As the user wrote it: `ops.deliveries`. */
  readonly written: string
  /** Quoted: `"ops"."deliveries"`. */
  readonly table: string
}

/** PostgreSQL cuts names at 63 bytes. */
const namePattern = /^(?:([A-Za-z_][A-Za-z0-9_$]{0,62})\.)?([A-Za-z_][A-Za-z0-9_$]{0,62})$/

/**
 * @param written a table's name, with its schema or without
 * @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID`
 */
export function readTableName(written: string): TableName {
  const match = typeof written === 'string' ? namePattern.exec(written) : null
  if (!match) {
    throw new WebhookConfigurationError(
      'ERR_WEBHOOK_OPTION_INVALID',
      "table must be a name such as 'countersign_deliveries' or 'ops.deliveries': letters, digits, _ and $, " +
        'no quotes, and 63 characters at the most.',
    )
  }
  const [, schema, name] = match
  return { written, table: schema === undefined ? `"${name}"` : `"${schema}"."${name}"` }
}
