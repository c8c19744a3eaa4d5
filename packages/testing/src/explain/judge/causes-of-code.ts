import type { WebhookErrorCode } from '@countersign/core'

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

/** What is wrong where the signature is right: what verify() says. Undefined where it is the time, which is judged. */
export function causeOfCode(code: WebhookErrorCode | undefined): string | undefined {
  return code === undefined ? undefined : causes[code]
}
