import type { SchemeDescriptor } from '@countersign/core'
import type { PreparedDelivery } from '@countersign/testing'
import { oneLine } from '../output/one-line.js'

/** The header that has the delivery id. */
export function idHeaderOf({ deliveryId }: SchemeDescriptor): string | undefined {
  return deliveryId && 'header' in deliveryId ? deliveryId.header : undefined
}

/** Where a chosen id stands, and whether a receiver goes by it. */
export function tellIdentity(
  { id, identity }: Pick<PreparedDelivery, 'id' | 'identity'>,
  chosen: string,
  header: string | undefined,
): string {
  const text = oneLine(chosen)
  if (!identity) return `nothing in it deduplicates, also not the id ${text}: a receiver runs each copy`
  if (identity.in === 'digest') return `equal bodies are one event to a receiver, whatever the id ${text}`
  const inHeader = header !== undefined && id === chosen ? [`in the header ${header}`] : []
  if (identity.value !== chosen)
    return [
      inHeader.length > 0 ? `id ${text} is ${inHeader}` : `id ${text} is not in it`,
      `but ${placeOf(identity)} deduplicates, which is sent as it is`,
    ].join(', ')
  if (identity.in === 'body')
    return [`id ${text} is ${placeOf(identity)}, which deduplicates`, ...inHeader].join(', and ')
  const rule = identity.withBody ? 'deduplicates together with the body' : 'is signed and deduplicates'
  return `id ${text} is ${placeOf(identity)}, which ${rule}`
}

/** `/id of the body`, `in the header X-GitHub-Delivery`. */
function placeOf({ in: where, place = '' }: NonNullable<PreparedDelivery['identity']>): string {
  return where === 'header' ? `in the header ${place}` : `in the body at ${place}`
}

/** What many deliveries are to a receiver: as many events, or one. */
export function tellRepetition(
  count: number,
  [first, second]: readonly [PreparedDelivery, PreparedDelivery],
): string {
  if (!first.identity) return `${count} deliveries in which nothing deduplicates: a receiver runs each`
  const how =
    first.identity.in === 'digest'
      ? 'equal bodies are one event'
      : `the id ${oneLine(first.identity.value ?? '')} is ${placeOf(first.identity)}`
  if (isSame(first, second))
    return `${count} copies of one event (${how}): a receiver that deduplicates runs one, and answers the rest as duplicates`
  const own =
    first.identity.in === 'digest' ? 'a body of its own' : `an id of its own ${placeOf(first.identity)}`
  return `${count} events, each with ${own}`
}

/** Whether a receiver takes the one for a copy of the other. */
function isSame(first: PreparedDelivery, second: PreparedDelivery): boolean {
  if (JSON.stringify(first.identity) !== JSON.stringify(second.identity)) return false
  return !first.identity?.withBody || Buffer.compare(first.sign().body, second.sign().body) === 0
}
