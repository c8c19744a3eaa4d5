import { WebhookVerificationError } from '../errors.js'
import type { VerificationSettings } from '../settings/verification-settings.js'

/** Senders post; a GET by a browser or a crawler is not a delivery. */
export function checkMethod(method: string, { scheme }: VerificationSettings): void {
  if (scheme.methods.has(method)) return
  throw new WebhookVerificationError(
    'ERR_WEBHOOK_METHOD_NOT_ALLOWED',
    `The sender uses ${[...scheme.methods].join(' or ')}, and this request another method.`,
  )
}
