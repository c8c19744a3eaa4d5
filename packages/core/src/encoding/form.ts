/** A form's fields by name. A repeated name has a list of values. */
export type FormFields = Record<string, string | string[]>

/** The limit of common frameworks (body-parser's `parameterLimit`, PHP's `max_input_vars`). */
export const maxFormFields = 1_000

/**
 * Parses a form or a URL's query in one pass (WHATWG URL, section "application/x-www-form-urlencoded parsing"). Every name
 * becomes an own property, also `__proto__`.
 *
 * @returns undefined if there are more than {@link maxFormFields} fields; then none is decoded
 */
export function decodeForm(text: string): FormFields | undefined {
  if (hasTooManyFields(text)) return undefined
  const fields = new Map<string, string | string[]>()
  for (const [name, value] of new URLSearchParams(text)) {
    const known = fields.get(name)
    if (known === undefined) fields.set(name, value)
    else if (Array.isArray(known)) known.push(value)
    else fields.set(name, [known, value])
  }
  return Object.fromEntries(fields)
}

function hasTooManyFields(text: string): boolean {
  let count = 1
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', at + 1)) {
    if (++count > maxFormFields) return true
  }
  return false
}
