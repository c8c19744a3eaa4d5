/**
 * Cleans all texts of a JSON value, also the names of fields. Numbers stay as they are: they are counts and times, and
 * withholding digits would not leave a number.
 */
export function withholdInJson(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === 'string') return clean(value)
  if (Array.isArray(value)) return value.map((member) => withholdInJson(member, clean))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [clean(name), withholdInJson(member, clean)]),
  )
}
