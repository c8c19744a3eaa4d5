import type { WebhookErrorCode } from '@countersign/core'
import { isGzip } from '../../captures/inflate-capture.js'
import { textOf } from '../../recompute/body-variants/undo.js'

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
 * What is wrong where the signature is right: what verify() says. Undefined where it is the time, which is judged.
 *
 * @param body the body that was signed, as it came
 */
export function causeOfCode(code: WebhookErrorCode | undefined, body: Uint8Array): string | undefined {
  if (code === undefined) return undefined
  if (ofCompressed.has(code) && isGzip(body)) return 'body.gzip-as-sent'
  if (code === 'ERR_WEBHOOK_BODY_ENCODED' && textOf(body) === undefined) return 'body.compressed-as-sent'
  return causes[code]
}

const ofCompressed: ReadonlySet<WebhookErrorCode> = new Set([
  'ERR_WEBHOOK_BODY_ENCODED',
  'ERR_WEBHOOK_PAYLOAD_MALFORMED',
])
