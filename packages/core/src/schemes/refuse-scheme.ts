import { WebhookConfigurationError } from '../errors.js'

/** Throws `ERR_WEBHOOK_SCHEME_INVALID` with the scheme's name and the problem. */
export type RefuseScheme = (problem: string) => never

/** @param name of the scheme that is checked */
export function refuseScheme(name: unknown): RefuseScheme {
  return (problem) => {
    throw new WebhookConfigurationError('ERR_WEBHOOK_SCHEME_INVALID', `Scheme "${name}": ${problem}`)
  }
}
