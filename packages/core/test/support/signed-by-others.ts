import { mac, post } from './requests.js'
import { nowMs, secret } from './visibuild-delivery.js'

export const time = String(nowMs / 1000)
export const key = Buffer.from(secret)

export function standardDelivery(
  body: string | Uint8Array,
  parts: { id?: string; time?: string; sign?: string } = {},
) {
  const { id = 'msg_1', time: at = time } = parts
  const content = Buffer.concat([Buffer.from(`${id}.${at}.`), Buffer.from(body)])
  const signature = parts.sign ?? `v1,${mac(content).digest('base64')}`
  return post({ 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signature }, body)
}

export const githubDelivery = (body: string, headers: Record<string, string> = {}) =>
  post(
    {
      'x-hub-signature-256': `sha256=${mac(body).digest('hex')}`,
      'x-github-delivery': 'd1',
      'x-github-event': 'push',
      ...headers,
    },
    body,
  )

export const stripeDelivery = (
  at: string,
  body = '{"id":"evt_1"}',
  signatures = [mac(`${at}.${body}`).digest('hex')],
) => post({ 'stripe-signature': [`t=${at}`, ...signatures.map((hex) => `v1=${hex}`)].join() }, body)
