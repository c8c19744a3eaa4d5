import type { HeadersInput } from '../types.js'
import { RawHeaders } from './raw-headers.js'

/** The value of a header, or `repeated` if it was sent more than once. */
export type PickedHeader = string | typeof repeated | undefined

/** Marks a header that was sent more than once, with equal values or not. */
export const repeated = Symbol('repeated')

/** Lower-case names, and their lengths: most headers of a request are skipped by their length alone. */
export interface WantedHeaders {
  readonly names: Pick<ReadonlySet<string>, 'has'>
  /** True at each length that a wanted name has; undefined if every header is wanted. */
  readonly lengths: readonly boolean[] | undefined
  /** The headers that may repeat. */
  readonly repeatable: readonly string[]
}

export function wantHeaders(names: Iterable<string>, repeatable: readonly string[] = []): WantedHeaders {
  const wanted = new Set(names)
  const longest = Math.max(0, ...[...wanted].map(({ length }) => length))
  const lengths: boolean[] = new Array(longest + 1).fill(false)
  for (const { length } of wanted) lengths[length] = true
  return { names: wanted, lengths, repeatable }
}

/** For a custom verifier, which may read any header. */
export const everyHeader: WantedHeaders = {
  names: { has: () => true },
  lengths: undefined,
  repeatable: [],
}

/**
 * Copies the wanted headers in one pass, without trusting the input's shape: they cannot change between their check and
 * their use, and names such as `__proto__` are only names.
 */
export function pickHeaders(headers: HeadersInput, wanted: WantedHeaders): ReadonlyMap<string, PickedHeader> {
  const picked = new Map<string, PickedHeader>()
  const { lengths } = wanted
  if (headers instanceof RawHeaders) {
    const { list } = headers
    for (let at = 0; at < list.length; at += 2) {
      const name = list[at]
      if (name !== undefined && (!lengths || lengths[name.length])) pick(name, list[at + 1], wanted, picked)
    }
  } else if (Symbol.iterator in headers) {
    for (const [name, value] of headers as Iterable<readonly [string, unknown]>) {
      if (!lengths || lengths[name?.length]) pick(name, value, wanted, picked)
    }
  } else {
    // For the dozen headers of a request, `for in` takes half the time of Object.keys().
    for (const name in headers) {
      if ((!lengths || lengths[name.length]) && Object.hasOwn(headers, name))
        pick(name, headers[name], wanted, picked)
    }
  }
  return picked
}

function pick(name: unknown, value: unknown, wanted: WantedHeaders, picked: Map<string, PickedHeader>): void {
  if (typeof name !== 'string' || value === undefined) return
  const lower = name.toLowerCase()
  if (!wanted.names.has(lower)) return
  if (Array.isArray(value)) {
    for (const member of value) pick(lower, member, wanted, picked)
    return
  }
  const text = textOf(value)
  picked.set(lower, picked.has(lower) ? again(lower, text, wanted, picked) : text)
}

/** Hosts that build a request from an event write lengths and times as numbers. Any other value is refused as malformed. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  return Number.isSafeInteger(value) ? String(value) : ''
}

/** A header that may repeat is joined as platforms join it (RFC 9110 section 5.3), so that both forms are read alike. */
function again(
  name: string,
  value: string,
  { repeatable }: WantedHeaders,
  picked: ReadonlyMap<string, PickedHeader>,
): PickedHeader {
  const earlier = picked.get(name)
  return repeatable.includes(name) && typeof earlier === 'string' ? `${earlier}, ${value}` : repeated
}
