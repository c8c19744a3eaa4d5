import { createHmac } from 'node:crypto'
import type { WebhookRequest } from '@countersign/core'

export const good = 'a-signing-secret-of-32-characters'
export const other = 'another-secret-that-is-long-enough'

export function signed(secret: string | Uint8Array, body = '{"name":"Ada"}'): WebhookRequest {
  const mac = createHmac('sha256', secret).update(body).digest('hex')
  return { method: 'POST', url: '/', headers: { 'x-signature': `sha256=${mac}` }, body: Buffer.from(body) }
}
