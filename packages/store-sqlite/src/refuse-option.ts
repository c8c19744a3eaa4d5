import { WebhookConfigurationError } from '@countersign/core'

/** @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID`, always */
export function refuseOption(reason: string): never {
  throw new WebhookConfigurationError('ERR_WEBHOOK_OPTION_INVALID', `sqliteStore: ${reason}.`)
}
