import type { HmacProof, PairsForm, SchemeDescriptor } from '@countersign/core'

/** The value of a header with these encoded MACs, and with the time where the scheme has it beside them. */
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

/** The name of the pair that holds the time, where it stands beside the signatures (Stripe: `t`). */
export function findTimeKey({ timestamp }: SchemeDescriptor): string | undefined {
  return timestamp && 'header' in timestamp ? timestamp.key : undefined
}

/** Which member of the signatures' list is the time (Recurly: 0). */
export function findTimePosition({ timestamp }: SchemeDescriptor): number | undefined {
  return timestamp && 'header' in timestamp ? timestamp.position : undefined
}
