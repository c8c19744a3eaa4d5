import type { SchemeDescriptor } from '@countersign/core'

/**
 * The JSON pointers of the scheme's ids in the body; the one used for deduplication comes first.
 *
 * @example
 * import { stripe } from '@countersign/core/schemes'
 * import { idPointers } from '@countersign/testing/sender'
 *
 * console.log(idPointers(stripe())) // [ '/id' ]
 */
export function idPointers({ eventId, deliveryId, identity }: SchemeDescriptor): readonly string[] {
  const sources = [typeof identity === 'object' ? identity : undefined, eventId, deliveryId]
  return [...new Set(sources.flatMap((source) => (source && 'json' in source ? source.json : [])))]
}
