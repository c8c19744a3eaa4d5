import { refuseStoreOption } from '@countersign/core/stores'

/**
 * Only plain names pass: the name becomes part of the SQL, where a quotation mark would let SQL in.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID`
 */
export function checkTableName(table: string): void {
  if (/^(?!sqlite_)[a-z_]\w*$/i.test(table)) return
  refuseStoreOption(
    'sqliteStore',
    "table must be a name of letters, digits and underscores, such as 'countersign_deliveries'",
  )
}
