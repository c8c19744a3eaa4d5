import { escapeProfiles, escapeString, profileNames } from './escape-profiles.js'

const maxForms = 4_096
const forms = new Map<string, readonly string[]>()
/** Strings that every profile writes in the same way. */
const isPlain = /^"[\w .:,;@#$%^*()[\]{}|?!~-]*"$/

/**
 * A string token as each profile writes it, in the profiles' order; empty if no profile changes it. Cached, because every
 * variant of a body has the same strings.
 */
export function escapedForms(raw: string): readonly string[] {
  if (isPlain.test(raw)) return []
  const known = forms.get(raw)
  if (known) return known
  const escaped = profileNames.map((name) => escapeString(raw, escapeProfiles[name]))
  if (forms.size >= maxForms) forms.clear()
  if (raw.length < 1_024) forms.set(raw, escaped)
  return escaped
}
