import { WebhookConfigurationError } from '../errors.js'

/** @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID` with the problem as its message */
export function refuseOption(problem: string): never {
  const end = /[.?]$/.test(problem) ? '' : '.'
  throw new WebhookConfigurationError('ERR_WEBHOOK_OPTION_INVALID', `${problem}${end}`)
}
