import type { PreparedDelivery, SentIdentity, SignedRequest } from '@countersign/testing'
import { oneLine } from '../output/one-line.js'
import type { Dispatch } from './dispatch.js'

/** What is sent, for machines. */
export interface ToldDelivery {
  readonly scheme: string
  readonly event: string | null
  readonly id: string | null
  /** By what a receiver tells a repetition; null where nothing does. */
  readonly identity: SentIdentity | null
  readonly bytes: number
  /** What is wrong with it on purpose. */
  readonly faults: readonly string[]
}

export function toldDelivery(
  { event, id, identity }: PreparedDelivery,
  { body }: SignedRequest,
  { schemeName, faults }: Dispatch,
): ToldDelivery {
  return {
    scheme: schemeName,
    event: event ?? null,
    id: id ?? null,
    identity: identity ?? null,
    bytes: body.length,
    faults: faults.names,
  }
}

/** `visibuild ticket.created, id 42, 312 bytes, forged`. */
export function tellDelivery({ scheme, event, id, bytes, faults }: ToldDelivery): string {
  const name = event === null ? scheme : `${scheme} ${oneLine(event)}`
  const parts = [name, ...(id === null ? [] : [`id ${oneLine(id)}`]), `${bytes} bytes`, ...faults]
  return parts.join(', ')
}
