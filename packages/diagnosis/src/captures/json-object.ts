import { CaptureError } from './capture.js'

/** A JSON object whose members are not known yet. */
export type JsonObject = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A member that is text where it is there at all; null is not there. */
export function textOf(object: JsonObject, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = Object.hasOwn(object, name) ? object[name] : undefined
    if (value === undefined || value === null) continue
    if (typeof value === 'string') return value
    throw new CaptureError(`"${name}" of the capture must be text`)
  }
  return undefined
}
