import { parseTimestamp } from '../encoding/timestamp.js'
import { WebhookVerificationError } from '../errors.js'
import {
  type Headers,
  refuseHeader,
  requiredHeader,
  singleValue,
  splitPairs,
} from '../headers/signing-header.js'
import type { CompiledScheme } from '../schemes/compile-scheme.js'
import type { VerificationSettings } from '../verification-settings.js'

/** The sender's time as a header states it. It is not verified yet. */
export interface HeaderTime {
  /** As it stood there, which is how it is signed. */
  readonly text: string
  /** Milliseconds since the epoch. */
  readonly time: number
}

/** Undefined for schemes without a time, or with one in the body. */
export function readTimestamp(headers: Headers, { scheme }: VerificationSettings): HeaderTime | undefined {
  const { timestamp } = scheme
  if (!timestamp || !('header' in timestamp)) return undefined
  const text = timestampText(headers, timestamp, scheme)
  const time = parseTimestamp(text, timestamp.unit)
  if (time !== undefined) return { text, time }
  throw new WebhookVerificationError(
    'ERR_WEBHOOK_TIMESTAMP_MALFORMED',
    `The timestamp is not plain ${timestamp.unit === 'iso8601' ? 'ISO 8601' : 'digits'}.`,
  )
}

function timestampText(
  headers: Headers,
  { header, key }: { readonly header: string; readonly key?: string },
  { descriptor }: CompiledScheme,
): string {
  const name = header.toLowerCase()
  const value = requiredHeader(headers, name)
  if (key === undefined) return singleValue(name, value)
  const separator = 'pairs' in descriptor.signature ? descriptor.signature.pairs?.separator : undefined
  const [time, ...others] = splitPairs(name, value, separator ?? ',').filter(([pairKey]) => pairKey === key)
  if (others.length > 0) refuseHeader('AMBIGUOUS', name, `has more than one "${key}"`)
  return time?.[1] ?? refuseHeader('MALFORMED', name, `has no "${key}"`)
}
