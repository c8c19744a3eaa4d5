/**
 * A JSON value with all its texts cleaned, names of members too. Numbers are left as they are: they are counts and times,
 * and a cut in one would be no number.
 */
export function withholdIn(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === 'string') return clean(value)
  if (Array.isArray(value)) return value.map((member) => withholdIn(member, clean))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [clean(name), withholdIn(member, clean)]),
  )
}
