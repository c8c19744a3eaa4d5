import type { SchemeDescriptor } from '@countersign/core'

/** Where the scheme has ids in the body, the one that deduplicates first. */
export function idPointers({ eventId, deliveryId, identity }: SchemeDescriptor): readonly string[] {
  const sources = [typeof identity === 'object' ? identity : undefined, eventId, deliveryId]
  return [...new Set(sources.flatMap((source) => (source && 'json' in source ? source.json : [])))]
}
