import type { FoundPlace } from '../../recompute/signature-places.js'

/** The digests that stand somewhere in the headers, and where. */
export interface PlaceMap {
  /** Their lengths in bytes: algorithms that give another cannot match. */
  readonly lengths: ReadonlySet<number>
  /** How many different ones are so long. */
  readonly countOf: (length: number) => number
  readonly at: (digest: Uint8Array) => readonly WrittenPlace[] | undefined
  /** The same, with one character for each byte. */
  readonly named: (digest: string) => readonly WrittenPlace[] | undefined
}

/** A place whose text was itself written another way than headers are. */
export interface WrittenPlace extends FoundPlace {
  /** The cause, where there is one. */
  readonly wrapped:
    | 'sig.double-encoded'
    | 'sig.percent-encoded'
    | 'sig.header-quoted'
    | 'sig.in-query'
    | undefined
}

export function mapPlaces(places: readonly WrittenPlace[]): PlaceMap {
  const map = new Map<string, WrittenPlace[]>()
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
    named: (digest) => map.get(digest),
  }
}

function nameOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
}
