import type { Capture } from '../../captures/capture.js'
import type { ExplainOptions } from '../explanation.js'
import type { PlaceMap } from '../search/place-map.js'

/** Something seen that may be the reason. */
export interface Clue {
  readonly cause: string
  /** The smaller, the better the evidence. */
  readonly rank: number
  /** Numbers and names for the advice; nothing of a secret or a body. */
  readonly detail?: string | undefined
}

/** What is looked at. */
export interface Scene {
  readonly capture: Capture
  readonly options: ExplainOptions
  readonly places: PlaceMap
  /** Each header that the name stands for, in any case. */
  readonly valuesOf: (header: string) => readonly string[]
  /** The secret in use, as text. */
  readonly secret: string
}

export function sceneOf(capture: Capture, options: ExplainOptions, places: PlaceMap): Scene {
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
