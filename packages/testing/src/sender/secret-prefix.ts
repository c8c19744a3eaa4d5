/** A version that a dashboard shows before a key: `v1,`, `v1=`. */
const version = /^v\d{1,3}[a-z]?[,=:;|. ] ?/i
/** A sender's own word, or two: `whsec_`, `sk_live_`. A hyphen is as often a piece of the secret. */
const words =
  /^(([A-Za-z][A-Za-z0-9]{0,11}[_:.])([A-Za-z0-9]{1,12}[_:.])?|(?:[spr]k|key|secret|token|whsec)-)/
const minKeyLength = 8

/** What may stand before the key in a secret's text, the shortest first: `v1,whsec_` has `v1,` and `v1,whsec_`. */
export function prefixesOf(text: string): readonly string[] {
  const label = version.exec(text)?.[0] ?? ''
  const found = ['', label].flatMap((before) => {
    const [all = '', , first = ''] = words.exec(text.slice(before.length)) ?? []
    return [before, before + first, before + all]
  })
  return [...new Set(found)].filter((prefix) => prefix !== '' && text.length - prefix.length >= minKeyLength)
}

/**
 * The text without its prefix.
 *
 * @param prefix of several, the first that fits
 */
export function withoutPrefix(text: string, prefix: string | readonly string[] = ''): string {
  const fitting = [prefix].flat().find((one) => text.startsWith(one)) ?? ''
  return text.slice(fitting.length)
}

/** Whether a version stands before the key. */
export function isVersioned(text: string): boolean {
  return version.test(text)
}

/** Whether a prefix is known to be no piece of the secret, so that advice may repeat it. */
export function isPublicPrefix(prefix: string): boolean {
  return /^(v\d{1,3}[a-z]?[,=:;|. ] ?)?(whsec_)?$/i.test(prefix)
}
