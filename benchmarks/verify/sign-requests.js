import { createHmac } from 'node:crypto'
import { buildBody } from '../build-body.js'

/**
 * A request as a Node server has it: the body's bytes and a record of lower-case headers.
 *
 * @typedef {object} SignedRequest
 * @property {'POST'} method
 * @property {string} url
 * @property {import('node:http').IncomingHttpHeaders} headers
 * @property {Buffer} body
 */

/** A prefix and valid base64, as Standard Webhooks requires. All other schemes use it as text. */
export const secret = `whsec_${Buffer.from('a secret for benchmarks, 32 bytes').toString('base64')}`

/** What Standard Webhooks makes of it. */
export const key = Buffer.from(secret.slice(6), 'base64')

/** @typedef {(body: Buffer, id: string, time: string) => Record<string, string>} SignHeaders */

/** @satisfies {Record<string, SignHeaders>} */
export const signers = {
  acme: (body) => ({ 'x-acme-signature': hex(body) }),
  embeddable: (body) => ({ 'x-signature': `sha256=${hex(body)}` }),
  visibuild: (body, id, time) => ({
    'x-visibuild-signature': `sha256=${hex(`${time}.`, body)}`,
    'x-visibuild-timestamp': time,
    'x-visibuild-event': 'ticket.created',
    'x-visibuild-delivery': id,
  }),
  standardWebhooks: (body, id, time) => ({
    'webhook-id': id,
    'webhook-timestamp': time,
    'webhook-signature': `v1,${mac(key, [`${id}.${time}.`, body]).toString('base64')}`,
  }),
  stripe: (body, _id, time) => ({ 'stripe-signature': `t=${time},v1=${hex(`${time}.`, body)}` }),
  github: (body, id) => ({
    'x-hub-signature-256': `sha256=${hex(body)}`,
    'x-github-delivery': id,
    'x-github-event': 'ticket',
  }),
}

/** Headers that proxies and clients add to the signing headers. */
const usualHeaders = {
  host: 'hooks.example.com',
  connection: 'keep-alive',
  'user-agent': 'Sender/1.0 (+https://sender.example.com)',
  accept: '*/*',
  'accept-encoding': 'gzip, deflate',
  'content-type': 'application/json',
  'x-forwarded-for': '203.0.113.7',
  'x-forwarded-proto': 'https',
  'x-request-id': '0b9d0e3c8f2a4c55',
}

const mostBytes = 2 * 1024 * 1024

/**
 * Different requests of one size, so that no side always verifies the same bytes.
 *
 * @param {{ signer: keyof typeof signers, bytes: number, text?: 'ascii' | 'world' }} options
 * @returns {readonly SignedRequest[]}
 */
export function signRequests({ signer, bytes, text = 'ascii' }) {
  const count = Math.min(32, Math.max(2, Math.floor(mostBytes / bytes)))
  const time = String(Math.floor(Date.now() / 1000))
  return Array.from({ length: count }, (_, index) => {
    const id = `e-${String(index).padStart(4, '0')}`
    const body = buildBody(bytes, id, text)
    const headers = { ...usualHeaders, 'content-length': String(bytes), ...signers[signer](body, id, time) }
    return { method: 'POST', url: '/webhooks', headers, body }
  })
}

/** @param {readonly (string | Buffer)[]} content */
function hex(...content) {
  return mac(secret, content).toString('hex')
}

/**
 * @param {string | Buffer} bytes of the key
 * @param {readonly (string | Buffer)[]} content
 */
function mac(bytes, content) {
  const hmac = createHmac('sha256', bytes)
  for (const part of content) hmac.update(part)
  return hmac.digest()
}
