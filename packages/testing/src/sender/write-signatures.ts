import type { HmacProof, PairsForm, SchemeDescriptor } from '@countersign/core'

/** Writes the value of a signature header with these encoded MACs, and the time if the scheme puts it there. */
export function writeSignatures(
  scheme: SchemeDescriptor,
  { prefix = '', list, pairs }: HmacProof,
  macs: readonly string[],
  timestamp: string,
): string {
  if (pairs) return writePairs(pairs, findTimeKey(scheme), macs, timestamp)
  const prefixed = macs.map((mac) => `${prefix}${mac}`)
  if (!list) return prefixed[0] ?? ''
  const position = findTimePosition(scheme)
  return (position === undefined ? prefixed : prefixed.toSpliced(position, 0, timestamp)).join(list.separator)
}

function writePairs(
  { separator, key, moreKeys, groups, values }: PairsForm,
  timeKey: string | undefined,
  macs: readonly string[],
  timestamp: string,
): string {
  const time = timeKey === undefined ? [] : [`${timeKey}=${timestamp}`]
  const keys = [key, ...(moreKeys ?? [])]
  const signatures = values
    ? [`${key}=${macs.join(values.separator)}`]
    : macs.map((mac, index) => `${moreKeys ? (keys[index] ?? key) : key}=${mac}`)
  if (!groups) return [...time, ...signatures].join(separator)
  return signatures.map((signature) => [...time, signature].join(separator)).join(groups.separator)
}

/** The name of the pair with the time, if it is in the signature header (Stripe: `t`). */
export function findTimeKey({ timestamp }: SchemeDescriptor): string | undefined {
  return timestamp && 'header' in timestamp ? timestamp.key : undefined
}

/**
 * The position of the time in the list of signatures, from 0 (Recurly: 0); undefined if it is not in a list.
 *
 * @example
 * import { stripe } from '@countersign/core/schemes'
 * import { findTimePosition } from '@countersign/testing/sender'
 *
 * console.log(findTimePosition(stripe())) // undefined
 */
export function findTimePosition({ timestamp }: SchemeDescriptor): number | undefined {
  return timestamp && 'header' in timestamp ? timestamp.position : undefined
}
