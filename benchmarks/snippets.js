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
 * @param {string | string[] | null | undefined} given
 * @param {string} expected
 */
function isEqual(given, expected) {
  if (typeof given !== 'string') return false
  const a = Buffer.from(given)
  const b = Buffer.from(expected)
  return a.length === b.length && timingSafeEqual(a, b)
}
