import type { FoundPlace } from '../../recompute/signature-places.js'

/** The digests that occur in the headers or the URL, and their places. */
export interface PlaceMap {
  /** Their lengths in bytes: algorithms with other lengths cannot match. */
  readonly lengths: ReadonlySet<number>
  /** How many different digests have this length in bytes. */
  readonly countOf: (length: number) => number
  readonly at: (digest: Uint8Array) => readonly DigestPlace[] | undefined
  /** The same lookup for a digest as Latin-1 text: one character per byte. */
  readonly atLatin1: (digest: string) => readonly DigestPlace[] | undefined
}

/** A place of a digest, which may be wrapped in one more encoding. */
export interface DigestPlace extends FoundPlace {
  /** The cause of the extra encoding; undefined if there is none. */
  readonly wrapped:
    | 'sig.double-encoded'
    | 'sig.percent-encoded'
    | 'sig.header-quoted'
    | 'sig.in-query'
    | undefined
}

export function mapPlaces(places: readonly DigestPlace[]): PlaceMap {
  const map = new Map<string, DigestPlace[]>()
  for (const place of places) {
    const name = nameOf(place.bytes)
    const known = map.get(name)
    if (known) known.push(place)
    else map.set(name, [place])
  }
  return {
    countOf: (length) => [...map.keys()].filter((name) => name.length === length).length,
    lengths: new Set(places.map(({ bytes }) => bytes.length)),
    at: (digest) => map.get(nameOf(digest)),
    atLatin1: (digest) => map.get(digest),
  }
}

function nameOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
}
