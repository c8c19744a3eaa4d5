import type { Capture } from '../../captures/capture.js'
import type { ExplainOptions } from '../explanation.js'
import type { PlaceMap } from '../search/place-map.js'

/** An observation that may explain the mismatch. */
export interface Clue {
  readonly cause: string
  /** Smaller is better evidence. */
  readonly rank: number
  /** Numbers and names for the advice; never part of a secret or a body. */
  readonly detail?: string | undefined
}

/** Everything an inspection can look at. */
export interface Scene {
  readonly capture: Capture
  readonly options: ExplainOptions
  readonly places: PlaceMap
  /** The values of a header; the name is case-insensitive. */
  readonly valuesOf: (header: string) => readonly string[]
  /** The configured secret as text. */
  readonly secret: string
}

export function createScene(capture: Capture, options: ExplainOptions, places: PlaceMap): Scene {
  const value = options.secrets[0]?.value ?? ''
  const secret =
    typeof value === 'string'
      ? value
      : value instanceof Uint8Array
        ? Buffer.from(value).toString('utf8')
        : `${value.username ?? ''}:${value.password ?? ''}`
  const valuesOf = (header: string) =>
    capture.headers.flatMap(([name, text]) => (name.toLowerCase() === header.toLowerCase() ? [text] : []))
  return { capture, options, places, valuesOf, secret }
}
