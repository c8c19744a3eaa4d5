import { randomUUID } from 'node:crypto'
import type { SecretSet } from '@countersign/core'
import type { SignedRequest, SignOptions } from '@countersign/testing'
import { createSender, type Sender } from '@countersign/testing'
import { contractSettings } from '../routes/contract-settings.js'
import { noCalls, plainRoutes, type RouteKindName } from '../routes/plain-routes.js'

const kinds = plainRoutes(noCalls)
const now = () => contractSettings.now
const senders = new Map<string, Sender>()

/** Signs as the sender of a kind of route does, at the routes' time. */
export function sign(kind: RouteKindName, options: SignOptions): SignedRequest {
  const { scheme, secret } = kinds[kind === 'resolved' ? 'plain' : kind].options
  const known = senders.get(kind)
  const sender = known ?? createSender({ scheme, secret: secret as SecretSet, now })
  senders.set(kind, sender)
  return sender.sign(options)
}

/** A ticket that was created, with an id of its own as each event has; signed as Visibuild does. */
export function signTicket({ body = ticketBody(), ...options }: SignOptions = {}): SignedRequest {
  return sign('plain', { ...options, body })
}

/** The sender's attempt of this number at a ticket: the same body, signed anew some seconds later. */
export function signAttempt({ body }: SignedRequest, number: number): SignedRequest {
  return signTicket({ body, timestamp: contractSettings.now + (number - 1) * 1000 })
}

/** A body with an id of its own. */
export function ticketBody(fields: object = {}): string {
  return JSON.stringify({ id: randomUUID(), type: 'ticket.created', data: {}, ...fields })
}

/** A secret that no route has. */
export const foreignSecret = 'another-secret-of-thirty-two-chr'
