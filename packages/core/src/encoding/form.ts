/** A form's fields by name. A repeated name has the list of its values. */
export type FormFields = Record<string, string | string[]>

/** As many as frameworks take (body-parser's `parameterLimit`, PHP's `max_input_vars`). */
export const maxFormFields = 1_000

/**
 * Reads the fields of a form or of a URL's query (WHATWG URL, section "application/x-www-form-urlencoded parsing") in
 * one pass. Names are plain properties, `__proto__` too.
 *
 * @returns undefined if there are more than {@link maxFormFields} fields; none of them is decoded then
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
