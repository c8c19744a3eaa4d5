import { createHmac } from 'node:crypto'
import { github, slack, standardWebhooks, stripe } from '@countersign/core/schemes'
import type { Capture, ExplainOptions } from '@countersign/diagnosis'

/** 1 January 2026, ten seconds after what these deliveries state. */
export const now = 1_767_225_610_000
export const time = '1767225600'
export const secret = "It's a Secret to Everybody"
export const body =
  '{"id":"evt_1Kx","type":"invoice.paid","data":{"name":"Zoë – café","url":"https://ex.com/a?b=1&c=2","note":"<b>hi</b>","amount":1999,"items":[1,2]}}'

/** A delivery that is to be explained. */
export interface Case {
  readonly capture: Capture
  readonly options: ExplainOptions
}

/** What is not as it is with an honest delivery. */
export interface Oddities {
  /** What the sender signs with; default: the secret that is configured. */
  readonly key?: string | Uint8Array
  /** What is configured. */
  readonly secret?: ExplainOptions['secrets'][number]['value']
  readonly others?: readonly string[]
  /** What is signed, and what comes; default: what is signed. */
  readonly signed?: string | Uint8Array
  readonly received?: string | Uint8Array
  readonly headers?: readonly (readonly [string, string])[]
  /** What is done to the value of the signature's header. */
  readonly write?: (mac: Buffer) => string
  readonly header?: string | undefined
  readonly contentType?: string
  readonly method?: string
  readonly url?: string
  readonly notes?: Capture['notes']
  readonly options?: Partial<ExplainOptions>
}

export function hmac(key: string | Uint8Array, ...parts: readonly (string | Uint8Array)[]): Buffer {
  const mac = createHmac('sha256', key)
  for (const part of parts) mac.update(part)
  return mac.digest()
}

/** A delivery of GitHub's scheme: `sha256=` and the hex of the HMAC over the body. */
export function plain(oddities: Oddities = {}): Case {
  const { signed = body, key = secret, write = (mac) => `sha256=${mac.toString('hex')}` } = oddities
  const mac = hmac(key, signed)
  const { header = 'X-Hub-Signature-256' } = oddities
  return complete(oddities, github(), [[header, write(mac)]], signed)
}

/** A delivery of Stripe's scheme: pairs with a time. */
export function paired({ at = time, ...oddities }: Oddities & { readonly at?: string } = {}): Case {
  const { signed = body, key = secret, write } = oddities
  const mac = hmac(key, `${at}.`, signed)
  const value = write ? write(mac) : `t=${at},v1=${mac.toString('hex')}`
  return complete(oddities, stripe(), [[oddities.header ?? 'Stripe-Signature', value]], signed)
}

export const standardSecret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

/** A delivery of Standard Webhooks: a list, an id, a secret in base64. */
export function listed(oddities: Oddities & { readonly content?: string } = {}): Case {
  const { signed = body, key = Buffer.from(standardSecret.slice(6), 'base64'), content } = oddities
  const mac = hmac(key, content ?? `msg_1.${time}.`, signed)
  const value = (oddities.write ?? ((bytes) => `v1,${bytes.toString('base64')}`))(mac)
  const headers = [
    ['webhook-id', 'msg_1'],
    ['webhook-timestamp', time],
    [oddities.header ?? 'webhook-signature', value],
  ] as const
  return complete({ secret: standardSecret, ...oddities }, standardWebhooks(), headers, signed)
}

/** A delivery of Slack's scheme: a version, and the time in a header of its own. */
export function versioned(
  oddities: Oddities & { readonly content?: string; readonly timeHeader?: string; readonly at?: string } = {},
): Case {
  const {
    signed = body,
    key = secret,
    content,
    timeHeader = 'X-Slack-Request-Timestamp',
    at = time,
  } = oddities
  const mac = hmac(key, content ?? `v0:${at}:`, signed)
  const headers = [
    ['X-Slack-Signature', `v0=${mac.toString('hex')}`],
    ...(timeHeader === '' ? [] : [[timeHeader, at] as const]),
  ] as const
  return complete(oddities, slack(), headers, signed)
}

function complete(
  oddities: Oddities,
  scheme: ExplainOptions['scheme'],
  headers: Capture['headers'],
  signed: string | Uint8Array,
): Case {
  const { secret: configured = secret, others = [], contentType = 'application/json' } = oddities
  const secrets = [configured, ...others].map((value, index) => ({ id: `SECRET_${index}`, value }))
  return {
    capture: {
      method: oddities.method ?? 'POST',
      url: oddities.url ?? 'https://shop.example.com/hooks',
      headers: [['content-type', contentType], ...headers, ...(oddities.headers ?? [])],
      body: Buffer.from((oddities.received ?? signed) as Uint8Array),
      notes: oddities.notes ?? [],
    },
    options: { scheme, secrets, now, ...oddities.options },
  }
}
