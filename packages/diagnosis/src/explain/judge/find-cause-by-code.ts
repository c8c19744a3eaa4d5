import type { WebhookErrorCode } from '@countersign/core'
import { isGzip } from '../../captures/inflate-capture.js'
import { decodeText } from '../../recompute/body-variants/body-change.js'

const causes: Partial<Record<WebhookErrorCode, string>> = {
  ERR_WEBHOOK_METHOD_NOT_ALLOWED: 'request.method',
  ERR_WEBHOOK_BODY_TOO_LARGE: 'body.too-large',
  ERR_WEBHOOK_BODY_INCOMPLETE: 'header.content-length',
  ERR_WEBHOOK_BODY_ENCODED: 'header.content-encoding',
  ERR_WEBHOOK_HEADER_AMBIGUOUS: 'sig.header-ambiguous',
  ERR_WEBHOOK_HEADER_MALFORMED: 'sig.header-malformed',
  ERR_WEBHOOK_HEADER_MISSING: 'sig.header-malformed',
  ERR_WEBHOOK_SECRET_INVALID: 'secret.refused',
  ERR_WEBHOOK_PAYLOAD_MALFORMED: 'body.not-json',
}

/**
 * The cause behind the error code of verify() when the signature is correct. Undefined for timestamps: judgeTime() reports
 * those.
 *
 * @param body the signed body, as received
 */
export function findCauseByCode(code: WebhookErrorCode | undefined, body: Uint8Array): string | undefined {
  if (code === undefined) return undefined
  if (ofCompressed.has(code) && isGzip(body)) return 'body.gzip-as-sent'
  if (code === 'ERR_WEBHOOK_BODY_ENCODED' && decodeText(body) === undefined) return 'body.compressed-as-sent'
  return causes[code]
}

const ofCompressed: ReadonlySet<WebhookErrorCode> = new Set([
  'ERR_WEBHOOK_BODY_ENCODED',
  'ERR_WEBHOOK_PAYLOAD_MALFORMED',
])
