/** A version that a dashboard shows before a key: `v1,`, `v1=`. */
const version = /^v\d{1,3}[a-z]?[,=:;|. ] ?/i
/** One or two words of the sender: `whsec_`, `sk_live_`. A hyphen is more often part of the secret. */
const words =
  /^(([A-Za-z][A-Za-z0-9]{0,11}[_:.])([A-Za-z0-9]{1,12}[_:.])?|(?:[spr]k|key|secret|token|whsec)-)/
const minKeyLength = 8

/**
 * Finds possible prefixes of a secret's text, shortest first: `v1,whsec_...` has `v1,` and `v1,whsec_`.
 *
 * @example
 * import { findPrefixes } from '@countersign/testing/sender'
 *
 * console.log(findPrefixes('v1,whsec_0123456789abcdef')) // [ 'v1,', 'v1,whsec_' ]
 */
export function findPrefixes(text: string): readonly string[] {
  const label = version.exec(text)?.[0] ?? ''
  const found = ['', label].flatMap((before) => {
    const [all = '', , first = ''] = words.exec(text.slice(before.length)) ?? []
    return [before, before + first, before + all]
  })
  return [...new Set(found)].filter((prefix) => prefix !== '' && text.length - prefix.length >= minKeyLength)
}

/**
 * Removes a prefix from a text.
 *
 * @param prefix one prefix, or several of which the first match is removed; default: none
 *
 * @example
 * import { withoutPrefix } from '@countersign/testing/sender'
 *
 * console.log(withoutPrefix('whsec_abc', 'whsec_')) // abc
 */
export function withoutPrefix(text: string, prefix: string | readonly string[] = ''): string {
  const fitting = [prefix].flat().find((one) => text.startsWith(one)) ?? ''
  return text.slice(fitting.length)
}

/**
 * Whether a secret's text starts with a version such as `v1,`.
 *
 * @example
 * import { isVersioned } from '@countersign/testing/sender'
 *
 * console.log(isVersioned('v1,whsec_abc')) // true
 */
export function isVersioned(text: string): boolean {
  return version.test(text)
}

/**
 * Whether a prefix is known not to be part of the secret, so that messages may show it.
 *
 * @example
 * import { isPublicPrefix } from '@countersign/testing/sender'
 *
 * console.log(isPublicPrefix('whsec_')) // true
 */
export function isPublicPrefix(prefix: string): boolean {
  return /^(v\d{1,3}[a-z]?[,=:;|. ] ?)?(whsec_)?$/i.test(prefix)
}
