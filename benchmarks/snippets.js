import { createHmac, timingSafeEqual } from 'node:crypto'

/** @typedef {import('node:http').IncomingHttpHeaders} Headers */

/**
 * The code that senders' documentation recommends: the body as text, `createHmac`, `timingSafeEqual`.
 * Here `X-Signature: sha256=<hex>` over the body.
 *
 * @param {Headers} headers
 * @param {Buffer} rawBody
 * @param {string} secret
 * @returns the body as text, or undefined for a wrong signature
 */
export function verifyBody(headers, rawBody, secret) {
  const body = rawBody.toString()
  const expected = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
  return isEqual(headers['x-signature'], expected) ? body : undefined
}

/**
 * The same for `<timestamp>.<body>`, with a check of the timestamp.
 *
 * @param {Headers} headers
 * @param {Buffer} rawBody
 * @param {string} secret
 * @returns the body as text, or undefined for a wrong signature or time
 */
export function verifyTimestampAndBody(headers, rawBody, secret) {
  const body = rawBody.toString()
  const signature = headers['x-visibuild-signature']
  return verifyTimestampAndText(headers['x-visibuild-timestamp'], signature, body, secret) ? body : undefined
}

/**
 * The same for frameworks that have the body as text.
 *
 * @param {string | string[] | null | undefined} timestamp
 * @param {string | string[] | null | undefined} signature
 * @param {string} body
 * @param {string} secret
 */
export function verifyTimestampAndText(timestamp, signature, body, secret) {
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > 300) return false
  const expected = `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`
  return isEqual(signature, expected)
}

/**
 * The same for `X-Acme-Signature: <hex>` over the body.
 *
 * @param {Headers} headers
 * @param {Buffer} rawBody
 * @param {string} secret
 * @returns the body as text, or undefined for a wrong signature
 */
export function verifyPlainHex(headers, rawBody, secret) {
  const body = rawBody.toString()
  const expected = createHmac('sha256', secret).update(body).digest('hex')
  return isEqual(headers['x-acme-signature'], expected) ? body : undefined
}

/**
 * The same for Standard Webhooks: several signatures in base64 over `<id>.<timestamp>.<body>`. Unlike the documented code, it
 * gets the key's bytes, so that it need not decode them for each request.
 *
 * @param {Headers} headers
 * @param {Buffer} rawBody
 * @param {Buffer} key
 * @returns the body as text, or undefined for a wrong signature or time
 */
export function verifyStandardWebhook(headers, rawBody, key) {
  const timestamp = headers['webhook-timestamp']
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > 300) return undefined
  const body = rawBody.toString()
  const content = `${headers['webhook-id']}.${timestamp}.${body}`
  const expected = createHmac('sha256', key).update(content).digest('base64')
  const given = String(headers['webhook-signature']).split(' ')
  return given.some((signature) => isEqual(signature.split(',')[1], expected)) ? body : undefined
}

/**
 * @param {string | string[] | null | undefined} given
 * @param {string} expected
 */
function isEqual(given, expected) {
  if (typeof given !== 'string') return false
  const a = Buffer.from(given)
  const b = Buffer.from(expected)
  return a.length === b.length && timingSafeEqual(a, b)
}
