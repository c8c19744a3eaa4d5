import { type BinaryToTextEncoding, createHash, createHmac } from 'node:crypto'
import type { Capture } from '@countersign/diagnosis'

/** What a sender's page says, in terms of nothing but text and node:crypto: no code of the suite has a part in it. */
export interface HandSigned {
  readonly headers?: Readonly<Record<string, string>>
  /** The header with the signature. */
  readonly header: string
  /** Writes the header's value; default: the signature alone. */
  readonly value?: (signature: string) => string
  /** What is signed. */
  readonly content: (parts: {
    readonly body: string
    readonly sha256: (encoding: BinaryToTextEncoding) => string
  }) => string
  readonly hash?: string
  readonly encoding?: BinaryToTextEncoding
  readonly key?: Uint8Array | string
  readonly url?: string
  readonly method?: string
  readonly body?: string
}

export const secret = 'k9-secret-for-hand-signed-captures'
export const url = 'https://shop.example.com/hooks/in?tenant=1'
const usualBody = JSON.stringify({ order: 17, note: 'Zoë – “hi” 🎉', total: '12.00' })

/** What any request has, besides what its sender puts there. */
const usualHeaders = {
  Host: 'shop.example.com',
  'User-Agent': 'Sender/1.0 (+https://example.com/bots)',
  Accept: '*/*',
  'Content-Type': 'application/json',
  'X-Forwarded-For': '203.0.113.7',
  'X-Request-Start': 't=1773738000123',
  'X-Amzn-Trace-Id': 'Root=1-67d7d3f0-4bf92f3577b34da6a3ce929d',
  traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
}

/** A capture of what such a sender sends. */
export function signByHand({
  headers = {},
  header,
  value = (signature) => signature,
  content,
  hash = 'sha256',
  encoding = 'hex',
  key = secret,
  url: target = url,
  method = 'POST',
  body = usualBody,
}: HandSigned): Capture {
  const sha256 = (form: BinaryToTextEncoding) => createHash('sha256').update(body).digest(form)
  const signature = createHmac(hash, key).update(content({ body, sha256 })).digest(encoding)
  return {
    method,
    url: target,
    headers: Object.entries({ ...usualHeaders, ...headers, [header]: value(signature) }),
    body: Buffer.from(body, 'utf8'),
    notes: [],
  }
}
