import { WebhookConfigurationError } from '../errors.js'

/** For runtimes without a part of the web platform that all others have: jsdom, and browsers outside a secure context. */
export function unsupportedRuntimeError(name: string): WebhookConfigurationError {
  return new WebhookConfigurationError(
    'ERR_WEBHOOK_OPTION_INVALID',
    `This runtime has no ${name}, without which this request cannot be verified. In Jest, begin the test file with ` +
      `/** @jest-environment node */. Elsewhere, set globalThis.${name.split('.')[0]} to Node's own before the scheme and the receiver are created.`,
  )
}
