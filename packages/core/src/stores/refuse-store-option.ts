import { WebhookConfigurationError } from '../errors.js'

/**
 * Refuses an option of a store, when the store is created or a transaction is passed.
 *
 * @param factory the function the user called: `redisStore`
 * @param problem what is wrong and what to pass instead, without a full stop at the end
 * @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID`, always
 *
 * @example
 * export function checkPrefix(prefix: string): void {
 *   if (prefix === '') refuseStoreOption('redisStore', "prefix must not be empty; use text such as 'countersign:'")
 * }
 */
export function refuseStoreOption(factory: string, problem: string): never {
  throw new WebhookConfigurationError('ERR_WEBHOOK_OPTION_INVALID', `${factory}: ${problem}.`)
}
