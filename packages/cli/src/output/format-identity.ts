import type { SchemeDescriptor } from '@countersign/core'
import type { PreparedDelivery } from '@countersign/testing'
import { toOneLine } from './to-one-line.js'

/** The header that holds the delivery id, if the scheme has one. */
export function findIdHeader({ deliveryId }: SchemeDescriptor): string | undefined {
  return deliveryId && 'header' in deliveryId ? deliveryId.header : undefined
}

/** Where the id of `--id` is in a delivery, and whether receivers deduplicate by it. */
export function formatIdentity(
  { id, identity }: Pick<PreparedDelivery, 'id' | 'identity'>,
  chosen: string,
  header: string | undefined,
): string {
  const text = toOneLine(chosen)
  if (!identity) return `nothing in it deduplicates, not even the id ${text}: a receiver handles each copy`
  if (identity.in === 'digest') return `receivers treat equal bodies as one event, and ignore the id ${text}`
  const inHeader = header !== undefined && id === chosen ? [`in the header ${header}`] : []
  if (identity.value !== chosen)
    return [
      inHeader.length > 0 ? `id ${text} is ${inHeader}` : `id ${text} is not in it`,
      `but receivers deduplicate by the value ${formatPlace(identity)}, which is sent unchanged`,
    ].join(', ')
  if (identity.in === 'body')
    return [`id ${text} is ${formatPlace(identity)}, which deduplicates`, ...inHeader].join(', and ')
  const rule = identity.withBody ? 'deduplicates together with the body' : 'is signed and deduplicates'
  return `id ${text} is ${formatPlace(identity)}, which ${rule}`
}

/** `/id of the body`, `in the header X-GitHub-Delivery`. */
function formatPlace({ in: where, place = '' }: NonNullable<PreparedDelivery['identity']>): string {
  return where === 'header' ? `in the header ${place}` : `in the body at ${place}`
}

/** Whether receivers see many deliveries as many events, or as copies of one. */
export function formatRepetition(
  count: number,
  [first, second]: readonly [PreparedDelivery, PreparedDelivery],
): string {
  if (!first.identity) return `${count} deliveries in which nothing deduplicates: a receiver handles each`
  const how =
    first.identity.in === 'digest'
      ? 'equal bodies are one event'
      : `the id ${toOneLine(first.identity.value ?? '')} is ${formatPlace(first.identity)}`
  if (isSame(first, second))
    return `${count} copies of one event (${how}): a receiver that deduplicates handles one, and answers the others as duplicates`
  const own = first.identity.in === 'digest' ? 'its own body' : `its own id ${formatPlace(first.identity)}`
  return `${count} events, each with ${own}`
}

/** Whether a receiver treats the second as a copy of the first. */
function isSame(first: PreparedDelivery, second: PreparedDelivery): boolean {
  if (JSON.stringify(first.identity) !== JSON.stringify(second.identity)) return false
  return !first.identity?.withBody || Buffer.compare(first.sign().body, second.sign().body) === 0
}
