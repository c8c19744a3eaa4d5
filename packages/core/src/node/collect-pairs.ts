/** Headers as Node's responses take them: one value, or all of a name that comes several times (`set-cookie`). */
export function collectPairs(
  pairs: readonly (readonly [name: string, value: string])[],
): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {}
  for (const [name, value] of pairs) {
    const earlier = headers[name]
    headers[name] = earlier === undefined ? value : [earlier, value].flat()
  }
  return headers
}
