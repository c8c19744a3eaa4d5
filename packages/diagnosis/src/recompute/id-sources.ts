import type { Capture } from '../captures/capture.js'
import { pairsOf, senderHeaders } from './header-values.js'
import { timeUnitOf } from './time-sources.js'
import type { FoundId } from './types.js'

/** How the names of headers with a delivery's id end, likeliest first. */
const idNames: readonly RegExp[] = [
  /^(webhook|svix)-id$/i,
  /(message|msg|delivery|deliver)([-_]?(id|uuid|guid))?$/i,
  /(notification|event|invocation|transmission)[-_]?(id|uuid|guid)$/i,
  /(webhook|callback|hook)[-_]?(id|uuid|guid)$/i,
  /(request|trace|correlation)[-_]?(id|uuid|guid)$|idempotency[-_]?(key|token)$/i,
  /[-_]?(id|uuid|guid|nonce|token|salt|random|challenge)$/i,
]
const uniqueValue = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$|^(?=.*\d)[\w-]{16,200}$/i

/** Two copies of a sender's name for itself, its version or its event are no ids. */
const notId = /(signature|hmac|algorithm|version|event[-_]?(type|name)?|topic|type|signed[-_]?headers)$/i

/** Core refuses what is longer, and what may be two values in one. */
const maxLength = 256

/**
 * The headers that may hold the id of a delivery, likeliest first: by their name, or because their value looks unique.
 * Texts stand as they came.
 */
export function idSources({ headers }: Pick<Capture, 'headers'>): readonly FoundId[] {
  const ranked = senderHeaders(headers)
    .filter((header) => isId(header.value) && timeUnitOf(header.value) === undefined)
    .filter((header) => pairsOf(header).length === 0)
    .map((header) => ({ ...header, rank: rankOf(header.name, header.value) }))
    .filter(({ rank }) => rank < Number.POSITIVE_INFINITY)
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .map(({ name, value }) => ({ text: value, source: { header: name } }))
}

function isId(value: string): boolean {
  return value !== '' && value.length <= maxLength && !/[\s,]/.test(value)
}

function rankOf(name: string, value: string): number {
  if (/(signature|hmac)/i.test(name) && !/id$/i.test(name)) return Number.POSITIVE_INFINITY
  const named = idNames.findIndex((pattern) => pattern.test(name))
  if (named >= 0) return named
  return uniqueValue.test(value) && !notId.test(name) ? idNames.length : Number.POSITIVE_INFINITY
}
