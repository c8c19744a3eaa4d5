/** Removes the line end that editors and `echo` add to a file; it is not part of the secret. */
export function removeLineEnd(stored: string | Uint8Array): string | Uint8Array {
  return typeof stored === 'string' ? stored.replace(/\r?\n$/, '') : stored
}

/**
 * Warns that another program may read the stored secret with its white space, and so use another key.
 *
 * @param id the secret's name in the output
 * @returns undefined if there is no white space at the end
 */
export function describeLineEnd(id: string, stored: string | Uint8Array): string | undefined {
  if (typeof stored !== 'string') return undefined
  const hasLineEnd = /\n$/.test(stored)
  const hasBlanks = /\s$/.test(String(removeLineEnd(stored)))
  if (!hasLineEnd && !hasBlanks) return undefined
  const ending = hasLineEnd ? 'a line end, which was removed' : 'white space, which was kept'
  const more = hasLineEnd && hasBlanks ? '; the white space before it was kept' : ''
  return `"${id}" ends with ${ending}${more}. An application that does not do the same uses another key and refuses valid deliveries: trim the secret there, or store it with printf %s.`
}
