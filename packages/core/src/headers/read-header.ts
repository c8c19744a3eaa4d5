import { WebhookVerificationError } from '../errors.js'
import { type PickedHeader, repeated } from './pick-headers.js'

export type Headers = ReadonlyMap<string, PickedHeader>

const maxHeaderLength = 4_096
/** The limit for parts in a header, for headers with signatures, and for all signatures of a request. */
export const maxParts = 16

/** Reads a header that verification needs. */
export function readRequiredHeader(headers: Headers, name: string): string {
  return readHeader(headers, name) ?? refuseHeader('MISSING', name, 'is missing')
}

/** Reads a header that may be absent, but not repeated, empty or too long. */
export function readOptionalHeader(headers: Headers, name: string | undefined): string | undefined {
  if (name === undefined) return undefined
  const value = readHeader(headers, name)
  return value === undefined ? undefined : requireSingleValue(name, value)
}

/** Reads a header that may contain commas, and may be absent. */
export function readHeader(headers: Headers, name: string): string | undefined {
  const value = headers.get(name)
  if (value === undefined) return undefined
  if (value === repeated) return refuseHeader('AMBIGUOUS', name, 'was sent more than once')
  if (value === '') return refuseHeader('MALFORMED', name, 'is empty')
  if (value.length > maxHeaderLength) {
    return refuseHeader('MALFORMED', name, `is longer than ${maxHeaderLength} characters`)
  }
  return value
}

/** Some platforms join a repeated header with a comma. If the value cannot contain a comma, that shows the repetition. */
export function requireSingleValue(name: string, value: string): string {
  return value.includes(',')
    ? refuseHeader('AMBIGUOUS', name, 'holds a comma, as two values in one would')
    : value
}

export function stripPrefix(name: string, value: string, prefix: string): string {
  return value.slice(requirePrefix(name, value, prefix))
}

/** @returns where the value goes on after its prefix */
export function requirePrefix(name: string, value: string, prefix = ''): number {
  if (!value.startsWith(prefix)) refuseHeader('MALFORMED', name, `does not begin with "${prefix}"`)
  return prefix.length
}

/**
 * Splits without backtracking, and limits the work that one header can cause. A part with more commas than the scheme
 * writes, or with a leading blank, comes from a platform that joined two headers.
 *
 * @param commas the number of commas that the scheme writes in a part
 */
export function splitHeader(name: string, value: string, separator: string, commas = 0): readonly string[] {
  const parts = value.split(separator, maxParts + 1)
  if (parts.length > maxParts) refuseHeader('MALFORMED', name, `has more than ${maxParts} parts`)
  if (parts.some((part, index) => countCommas(part) > commas || (index > 0 && part.startsWith(' '))))
    refuseJoined(name)
  return parts
}

/** Splits a repeated header, which platforms join with a comma and sometimes a blank. */
export function splitRepeated(name: string, value: string): readonly string[] {
  const values = value.split(',', maxParts + 1)
  if (values.length > maxParts) refuseHeader('MALFORMED', name, `was sent more than ${maxParts} times`)
  return values.map((text, index) => (index === 0 ? text : text.replace(/^[ \t]+/, '')))
}

export function countCommas(text: string): number {
  return text.split(',').length - 1
}

export function refuseJoined(name: string): never {
  return refuseHeader(
    'AMBIGUOUS',
    name,
    'holds a comma where the scheme has none, as two values in one would',
  )
}

/** @param name a header's or parameter's name, never its value */
export function refuseHeader(
  reason: 'MISSING' | 'MALFORMED' | 'AMBIGUOUS',
  name: string,
  problem: string,
): never {
  throw new WebhookVerificationError(`ERR_WEBHOOK_HEADER_${reason}`, `"${name}" ${problem}.`)
}
