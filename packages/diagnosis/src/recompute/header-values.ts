import type { Capture } from '../captures/capture.js'

/** Headers that HTTP, browsers and proxies write. No sender signs them as a time or an id. */
const transport =
  /^(:.*|accept(-.*)?|access-control-.*|cache-control|cf-(?!webhook).*|connection|content-.*|cookie|date|dnt|expect|expires|forwarded|from|host|if-.*|keep-alive|last-modified|origin|pragma|priority|proxy-.*|range|referer|sec-.*|server|set-cookie|te|trailer|transfer-encoding|upgrade(-.*)?|user-agent|vary|via|x-amz-cf-id|x-forwarded-.*|x-original-.*|x-real-ip|x-request-start|x-scheme)$/i

/** A header that may say something about a delivery. */
export interface HeaderValue {
  /** As it came. */
  readonly name: string
  readonly value: string
}

/** The headers a sender wrote for the receiver, without those that came twice: nothing of theirs can be read strictly. */
export function senderHeaders(headers: Capture['headers']): readonly HeaderValue[] {
  const counts = new Map<string, number>()
  for (const [name] of headers) counts.set(name.toLowerCase(), (counts.get(name.toLowerCase()) ?? 0) + 1)
  return headers
    .filter(([name]) => !transport.test(name) && counts.get(name.toLowerCase()) === 1)
    .map(([name, value]) => ({ name, value }))
}

/** One `name=value` of a header that holds several. */
export interface HeaderPair {
  readonly header: string
  readonly separator: string
  readonly key: string
  readonly value: string
}

const pairSeparators = [', ', '; ', ',', ';', '&', '|', ' '] as const
const pairSyntax = /^([A-Za-z][\w.-]{0,31})=(.+)$/s
/** One more signature of the pair before it, as in `t=1,v0=a,b`. */
const moreOfPair = /^[\w+/-]{20,}$/

/** A header's `name=value` pairs; none where it holds fewer than two, or anything else. */
export function pairsOf({ name, value }: HeaderValue): readonly HeaderPair[] {
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

/** The members of a header's list, each with its place; none where only one thing stands there. */
export function membersOf({ value }: HeaderValue): readonly (readonly [position: number, text: string])[] {
  const separator = listSeparators.find((text) => value.includes(text))
  return separator === undefined
    ? []
    : value.split(separator).map((text, position) => [position, text] as const)
}
