import { decodeUtf8 } from '../encoding/utf8.js'
import { WebhookVerificationError } from '../errors.js'
import type { Headers } from '../headers/signing-header.js'
import { queryOf } from '../query-of.js'
import type { VerificationSettings } from '../verification-settings.js'
import type { SignedDelivery } from './verify-signature.js'

const formType = /^application\/x-www-form-urlencoded\s*(;|$)/i

/** What the payload is read from, besides the verified bytes. */
export interface PayloadSource {
  readonly method: string
  readonly url: string
  readonly headers: Headers
}

/**
 * Reads the payload out of the very bytes that were verified. The delivery's type keeps unverified ones out.
 *
 * @returns undefined with `parse: false`, unless the time to check is in the body
 */
export function parsePayload(
  { rawBody }: SignedDelivery,
  { method, url, headers }: PayloadSource,
  { scheme, parse }: VerificationSettings,
): unknown {
  const { payload = 'json-or-form', formJsonField, signature } = scheme.descriptor
  if (!parse && !scheme.timeIsInBody) return undefined
  if (payload === 'bytes') return rawBody
  if (payload === 'query-or-body' && method === 'GET') {
    const fields = queryOf(url)
    if (signature.algorithm === 'token' && signature.query !== undefined) fields.delete(signature.query)
    return fieldsOf(fields)
  }
  const text = decodeUtf8(rawBody)
  if (text === undefined) return refuse('The body is not UTF-8')
  const contentType = headers.get('content-type')
  if (typeof contentType !== 'string' || !formType.test(contentType)) return parseJson(text)
  const fields = new URLSearchParams(text)
  const json = formJsonField === undefined ? null : fields.get(formJsonField)
  return json === null ? fieldsOf(fields) : parseJson(json)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The parser's own error quotes the body, so it is not passed on as the cause.
    return refuse('The body is not JSON')
  }
}

/** A field that comes more than once is a list. Names are plain properties, `__proto__` too. */
function fieldsOf(params: URLSearchParams): Record<string, string | string[]> {
  return Object.fromEntries(
    [...new Set(params.keys())].map((name) => {
      const values = params.getAll(name)
      return [name, values.length === 1 ? (values[0] ?? '') : values]
    }),
  )
}

function refuse(problem: string): never {
  throw new WebhookVerificationError('ERR_WEBHOOK_PAYLOAD_MALFORMED', `${problem}.`, { authentic: true })
}
