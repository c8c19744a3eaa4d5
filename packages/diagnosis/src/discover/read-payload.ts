import type { Capture } from '../captures/capture.js'

/** The field in which GitHub, Slack and others put JSON into a form. */
export const usualFormField = 'payload'

/** The parsed body, and whether it was JSON in a form field. */
export interface ReadPayload {
  readonly payload: unknown
  readonly inForm: boolean
}

const known = new WeakMap<Capture, ReadPayload | undefined>()

/** Parses a body for guesses only; undefined if it is neither JSON nor a form with JSON in its first field. */
export function readPayload(capture: Capture): ReadPayload | undefined {
  if (!known.has(capture)) known.set(capture, parse(capture))
  return known.get(capture)
}

/** The content type does not matter; the field must be the form's first. */
function parse({ body }: Capture): ReadPayload | undefined {
  const text = Buffer.from(body).toString('utf8')
  const inForm = isFormBody(body) && text.startsWith(`${usualFormField}=`)
  const json = inForm ? new URLSearchParams(text).get(usualFormField) : text
  try {
    return json === null ? undefined : { payload: JSON.parse(json), inForm }
  } catch {
    return undefined
  }
}

/** Whether the body is only form-encoded `name=value` pairs. */
export function isFormBody(body: Uint8Array): boolean {
  const text = Buffer.from(body).toString('latin1')
  return /^[\w.~%+*[\]!'()$-]+=[^&\s{}"<>]*(&[^&\s{}"<>=]+(=[^&\s{}"<>]*)?)*$/.test(text)
}
