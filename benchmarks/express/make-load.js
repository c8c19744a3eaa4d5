import { createHmac } from 'node:crypto'
import { buildBody } from '../build-body.js'

/** @typedef {{ readonly headers: Record<string, string>, readonly body: Buffer }} Delivery */

let made = 0

/**
 * Makes signed deliveries with new ids.
 *
 * @param {{ count: number, bytes: number, secret: string }} options
 * @returns {Delivery[]}
 */
export function makeLoad({ count, bytes, secret }) {
  const time = String(Math.floor(Date.now() / 1000))
  const placeholder = '0'.repeat(12)
  const template = buildBody(bytes, placeholder)
  const idAt = template.indexOf(placeholder)
  return Array.from({ length: count }, () => {
    const id = String(++made).padStart(placeholder.length, '0')
    const body = Buffer.from(template)
    body.write(id, idAt)
    const signature = createHmac('sha256', secret).update(`${time}.`).update(body).digest('hex')
    const headers = {
      'user-agent': 'Sender/1.0 (+https://sender.example.com)',
      accept: '*/*',
      'accept-encoding': 'gzip, deflate',
      'content-type': 'application/json',
      'x-forwarded-for': '203.0.113.7',
      'x-forwarded-proto': 'https',
      'x-visibuild-signature': `sha256=${signature}`,
      'x-visibuild-timestamp': time,
      'x-visibuild-event': 'ticket.created',
      'x-visibuild-delivery': id,
    }
    return { headers, body }
  })
}
