import { escapeProfiles, escapeString, profileNames } from './escape-profiles.js'

const maxForms = 4_096
const forms = new Map<string, readonly string[]>()
/** Nothing that any profile would write otherwise. */
const isPlain = /^"[\w .:,;@#$%^*()[\]{}|?!~-]*"$/

/**
 * A string token as each profile writes it, in their order; empty where all leave it as it is. The same strings come again
 * in every reading of a body, so that they are kept.
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
