import type { Capture } from '../captures/capture.js'

/** The field in which GitHub, Slack and others put JSON into a form. */
export const usualFormField = 'payload'

/** What a body says, and whether it says it in the field of a form. Undefined where it is neither JSON nor such a form. */
export interface ReadPayload {
  readonly payload: unknown
  readonly inForm: boolean
}

const known = new WeakMap<Capture, ReadPayload | undefined>()

/** Reads a body for guesses; nothing of it is believed. */
export function readPayload(capture: Capture): ReadPayload | undefined {
  if (!known.has(capture)) known.set(capture, parse(capture))
  return known.get(capture)
}

/** What parses as JSON is JSON, whatever its type says; the field has to be the form's first. */
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

/** `name=value` pairs in the escapes of a form, and nothing else. */
export function isFormBody(body: Uint8Array): boolean {
  const text = Buffer.from(body).toString('latin1')
  return /^[\w.~%+*[\]!'()$-]+=[^&\s{}"<>]*(&[^&\s{}"<>=]+(=[^&\s{}"<>]*)?)*$/.test(text)
}
