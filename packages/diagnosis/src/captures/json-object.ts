import { CaptureError } from './capture.js'

/** A JSON object whose members are not known yet. */
export type JsonObject = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * Reads the first of the named members that is present; null counts as absent.
 *
 * @throws CaptureError if it is not text
 */
export function readText(object: JsonObject, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = Object.hasOwn(object, name) ? object[name] : undefined
    if (value === undefined || value === null) continue
    if (typeof value === 'string') return value
    throw new CaptureError(`"${name}" in the capture must be a string`)
  }
  return undefined
}
