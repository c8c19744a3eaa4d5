import { parseTimestamp } from '../encoding/timestamp.js'
import { WebhookVerificationError } from '../errors.js'
import {
  type Headers,
  readHeader,
  readRequiredHeader,
  refuseHeader,
  requireSingleValue,
  splitHeader,
} from '../headers/read-header.js'
import { splitPairs } from '../headers/split-pairs.js'
import type { CompiledScheme } from '../schemes/compile-scheme.js'
import type { HmacProof, TimestampSource } from '../schemes/scheme-descriptor.js'
import type { VerificationSettings } from '../settings/verification-settings.js'

/** The timestamp of a header. It is not verified yet. */
export interface HeaderTime {
  /** The exact text of the header, which is what is signed. */
  readonly text: string
  /** Milliseconds since the epoch. */
  readonly time: number
}

type HeaderSource = Extract<TimestampSource, { readonly header: string }>

/** Reads the timestamp of a header; undefined for schemes without one, or with one in the body. */
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

function timestampText(headers: Headers, source: HeaderSource, scheme: CompiledScheme): string {
  const name = scheme.headers.timestamp ?? ''
  if (source.key === undefined && source.position === undefined)
    return requireSingleValue(name, readRequiredHeader(headers, name))
  // Each signature may come with its own copy of the timestamp; all copies must be equal, or one would be checked and another one signed.
  let stated: string | undefined
  for (const header of scheme.headers.signatures) {
    const value = readHeader(headers, header)
    if (value === undefined) continue
    for (const text of statedTimes(header, value, source, scheme.descriptor.signature as HmacProof)) {
      if (stated !== undefined && text !== stated) refuseHeader('AMBIGUOUS', header, 'states two times')
      stated = text
    }
  }
  return stated ?? refuseHeader('MISSING', name, 'is missing')
}

function statedTimes(
  name: string,
  value: string,
  { key, position = 0, unit }: HeaderSource,
  { pairs, list }: HmacProof,
): readonly string[] {
  if (pairs) {
    return splitPairs(name, value, pairs).map((group) => {
      const [time, ...others] = group.filter(([own]) => own === key)
      if (others.length > 0) refuseHeader('AMBIGUOUS', name, `has more than one "${key}"`)
      return time?.[1] ?? refuseHeader('MALFORMED', name, `has no "${key}"`)
    })
  }
  const separator = list?.separator ?? ','
  // The text of a signature may contain commas before it; a timestamp has none.
  const members = splitHeader(name, value, separator, Number.POSITIVE_INFINITY)
  if (members.some((member, index) => index !== position && parseTimestamp(member, unit) !== undefined))
    refuseHeader('AMBIGUOUS', name, 'holds two times')
  return [members[position] ?? refuseHeader('MALFORMED', name, 'has no time')]
}
