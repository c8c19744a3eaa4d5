import { createHmac } from 'node:crypto'
import { type SecretInput, type VerifiedDelivery, verify, type WebhookRequest } from '@countersign/core'
import type { Scheme, WebhookEvent } from '@countersign/core/schemes'

export const secret = '2f9a31c08e5b4d7f9d0a6c1e8b7f4a53'

export const json = { 'Content-Type': 'application/json' }

/** Computed by Node itself, so that nothing under test signs for its own verification. */
export function hmac(content: string, encoding: 'hex' | 'base64' = 'hex', algorithm = 'sha256'): string {
  return createHmac(algorithm, secret).update(content).digest(encoding)
}

export function post(headers: Record<string, string>, body: string, url = '/webhooks'): WebhookRequest {
  return { method: 'POST', url, headers, body: Buffer.from(body) }
}

/** @param at the time it is for the receiver, ISO 8601 */
export function receive<TEvent extends WebhookEvent>(
  scheme: Scheme<TEvent>,
  request: WebhookRequest,
  at = '2026-03-17T09:00:10Z',
  key: SecretInput = secret,
): Promise<VerifiedDelivery<TEvent>> {
  return verify(request, { scheme, secret: key, now: () => Date.parse(at) })
}
