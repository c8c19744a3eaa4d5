import { createHmac, timingSafeEqual } from 'node:crypto'
import { createReceiver, memoryStore, type ReceiverOptions, type Scheme } from '@countersign/core'
import {
  type CustomSchemeOptions,
  customScheme,
  type ProvedContent,
  type VerifierRequest,
} from '@countersign/core/schemes'
import type { SignedRequest, SignOptions } from '@countersign/testing'
import { createFakeClock, createSender } from '@countersign/testing'
import { type Mock, vi } from 'vitest'

export const nowMs = Date.parse('2026-03-17T09:00:00Z')
export const secret = 'a-signing-secret-of-32-characters'

function macOf(time: string, body: Uint8Array, key: string): string {
  return createHmac('sha256', key).update(`${time}.`).update(body).digest('hex')
}

function isMac(given: string, time: string, body: Uint8Array, key: string): boolean {
  const expected = Buffer.from(macOf(time, body, key))
  return given.length === expected.length && timingSafeEqual(Buffer.from(given), expected)
}

/** What an SDK would do: a time and an HMAC, each in a header. */
export function verifyAcme({ headers, rawBody }: VerifierRequest, key: string): ProvedContent | false {
  const time = headers.get('X-Acme-Time') ?? ''
  if (!isMac(headers.get('X-Acme-Signature') ?? '', time, rawBody, key)) return false
  return { signed: rawBody, timestamp: Number(time) }
}

const signAcme: CustomSchemeOptions['sign'] = ({ body, timestamp }, key) => ({
  'X-Acme-Signature': macOf(String(timestamp), body, key),
  'X-Acme-Time': String(timestamp),
})

export const acme = (options: Partial<CustomSchemeOptions> = {}) =>
  customScheme({
    name: 'acme',
    verify: verifyAcme,
    sign: signAcme,
    eventId: { json: '/id' },
    eventType: { json: '/type' },
    ...options,
  })

export function setUp(scheme: Scheme = acme(), options: Partial<ReceiverOptions> = {}) {
  const clock = createFakeClock({ now: nowMs })
  const store = memoryStore({ now: clock.monotonic })
  const onWarning: Mock = vi.fn()
  const onRejected: Mock = vi.fn()
  const receiver = createReceiver({
    endpoint: 'e',
    scheme,
    secret,
    store,
    clock,
    onWarning,
    onRejected,
    ...options,
  })
  const sender = createSender({ scheme: acme(), secret, now: clock.now })
  const handler = vi.fn<(delivery: { readonly payload: unknown }) => unknown>()
  const receive = (request: SignedRequest) => receiver.receive(request, handler)
  const sign = (signing: SignOptions = {}) => sender.sign(signing)
  return { clock, receiver, receive, sign, handler, onWarning, onRejected }
}

export const refusalOf = (onRejected: ReturnType<typeof vi.fn>) => {
  const { code, authentic } = onRejected.mock.calls.at(-1)?.[0] ?? {}
  return [code, authentic]
}
