import type { SchemeDescriptor } from '@countersign/core'
import {
  createSender,
  type SignedRequest,
  type SignOptions,
  type VectorDelivery,
  type VectorSecret,
} from '@countersign/testing'

/** The time of every valid delivery, 2026-03-17T09:00:00Z, and when it arrives. */
export const sentAt = 1_773_738_000_000
export const arrivesAt = sentAt + 2_000

/** The subject of one file's cases: a scheme, its secrets, and a valid delivery. */
export interface Subject {
  readonly scheme: SchemeDescriptor
  readonly secret: VectorSecret
  /** A second valid secret. */
  readonly otherSecret: VectorSecret
  readonly payload: Readonly<Record<string, unknown>>
  /** The fields that the receiver reads from a valid delivery. */
  readonly delivery: Omit<VectorDelivery, 'secretId'>
  /** Signs a valid delivery, with the given changes. Everything else is fixed. */
  readonly sign: (options?: SubjectSignOptions) => SignedRequest
}

/** The sender's options, with the secret as a vector file writes it. */
export type SubjectSignOptions = Omit<SignOptions, 'secret'> & {
  readonly secret?: VectorSecret | readonly VectorSecret[]
}

export interface SubjectInput {
  readonly scheme: SchemeDescriptor
  readonly secret: VectorSecret
  readonly otherSecret: VectorSecret
  readonly payload: Readonly<Record<string, unknown>>
  readonly delivery?: Partial<Subject['delivery']>
  /** The delivery id that goes into a header. */
  readonly id?: string
  /** The event's name, if it is only in a header. */
  readonly event?: string
  /** Unsigned headers of every delivery; `undefined` removes one of the sender's. */
  readonly headers?: Readonly<Record<string, string | undefined>>
}

export function createSubject(input: SubjectInput): Subject {
  const { scheme, secret, payload, id = 'unused', event, headers } = input
  const sender = createSender({ scheme, secret: keyOf(secret), now: () => sentAt })
  const body = JSON.stringify(payload)
  return {
    scheme,
    secret,
    otherSecret: input.otherSecret,
    payload,
    delivery: { id: null, event: null, timestamp: null, ...input.delivery },
    sign({ secret: other, ...options } = {}) {
      const given = 'payload' in options || 'form' in options ? {} : { body }
      return sender.sign({
        ...given,
        url: `/webhooks/${scheme.name}`,
        id,
        ...(event !== undefined && { event }),
        ...options,
        headers: { ...headers, ...options.headers },
        ...(other !== undefined && { secret: [other].flat().map(keyOf) }),
      })
    },
  }
}

export function keyOf(secret: VectorSecret) {
  if ('text' in secret) return secret.text
  return 'base64' in secret ? Buffer.from(secret.base64, 'base64') : secret
}
