import type { Capture } from '../../captures/capture.js'
import { findHeaderValues } from '../../captures/find-header.js'
import type { ExplainOptions } from '../explanation.js'
import type { PlaceMap } from '../search/place-map.js'
import { secretText } from '../secret-text.js'

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
  const secret = secretText(options.secrets[0]?.value ?? '')
  const valuesOf = (header: string) => findHeaderValues(capture.headers, header)
  return { capture, options, places, valuesOf, secret }
}
