import type { Capture } from '../captures/capture.js'

/** Headers from HTTP, browsers and proxies. No sender signs them as a time or an id. */
const transport =
  /^(:.*|accept(-.*)?|access-control-.*|cache-control|cf-(?!webhook).*|connection|content-.*|cookie|date|dnt|expect|expires|forwarded|from|host|if-.*|keep-alive|last-modified|origin|pragma|priority|proxy-.*|range|referer|sec-.*|server|set-cookie|te|trailer|transfer-encoding|upgrade(-.*)?|user-agent|vary|via|x-amz-cf-id|x-forwarded-.*|x-original-.*|x-real-ip|x-request-start|x-scheme)$/i

/** A header that may describe a delivery. */
export interface HeaderValue {
  /** As received. */
  readonly name: string
  readonly value: string
}

/** The sender's own headers, without repeated ones: those cannot be read strictly. */
export function senderHeaders(headers: Capture['headers']): readonly HeaderValue[] {
  const counts = new Map<string, number>()
  for (const [name] of headers) counts.set(name.toLowerCase(), (counts.get(name.toLowerCase()) ?? 0) + 1)
  return headers
    .filter(([name]) => !transport.test(name) && counts.get(name.toLowerCase()) === 1)
    .map(([name, value]) => ({ name, value }))
}

/** One `name=value` pair of a header with several. */
export interface HeaderPair {
  readonly header: string
  readonly separator: string
  readonly key: string
  readonly value: string
}

const pairSeparators = [', ', '; ', ',', ';', '&', '|', ' '] as const
const pairSyntax = /^([A-Za-z][\w.-]{0,31})=(.+)$/s
/** Another signature that belongs to the previous pair, as in `t=1,v0=a,b`. */
const moreOfPair = /^[\w+/-]{20,}$/

/** A header's `name=value` pairs; empty if there are fewer than two, or anything else. */
export function splitPairs({ name, value }: HeaderValue): readonly HeaderPair[] {
  for (const separator of pairSeparators) {
    if (!value.includes(separator)) continue
    const [first = '', ...others] = value.split(separator)
    const parts = [first, ...others.filter((part) => !moreOfPair.test(part))].map((part) =>
      pairSyntax.exec(part),
    )
    if (parts.some((part) => part === null)) continue
    return parts.map((part) => ({ header: name, separator, key: part?.[1] ?? '', value: part?.[2] ?? '' }))
  }
  return []
}

const listSeparators = [',', ' ', ';', '&', '|'] as const

/** The members of a header's list with their positions; empty if the value has no separator. */
export function splitMembers({ value }: HeaderValue): readonly (readonly [position: number, text: string])[] {
  const separator = listSeparators.find((text) => value.includes(text))
  return separator === undefined
    ? []
    : value.split(separator).map((text, position) => [position, text] as const)
}
