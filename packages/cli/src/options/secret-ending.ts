/** Editors and `echo` end a file with a line end, which is not part of the secret. */
export function withoutLineEnd(stored: string | Uint8Array): string | Uint8Array {
  return typeof stored === 'string' ? stored.replace(/\r?\n$/, '') : stored
}

/**
 * What a program that reads the same file otherwise would have as its key.
 *
 * @param id what the secret is called
 * @returns undefined where every program reads the same
 */
export function describeEnding(id: string, stored: string | Uint8Array): string | undefined {
  if (typeof stored !== 'string') return undefined
  const isLine = /\n$/.test(stored)
  const hasBlanks = /\s$/.test(String(withoutLineEnd(stored)))
  if (!isLine && !hasBlanks) return undefined
  const ending = isLine ? 'a line end, which is left out here' : 'white space, which is left in here'
  const more = isLine && hasBlanks ? '; the white space before it is left in' : ''
  return `"${id}" ends in ${ending}${more}. An application that reads it otherwise has another key and refuses what is valid here: trim it there, or store it with printf %s.`
}
