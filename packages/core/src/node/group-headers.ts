/**
 * Headers as Node's responses take them: one value per name, or a list where a name comes more than once (`set-cookie`).
 *
 * @example
 * ```ts
 * groupHeaders([['content-type', 'text/plain'], ['set-cookie', 'a=1'], ['set-cookie', 'b=2']])
 * // { 'content-type': 'text/plain', 'set-cookie': ['a=1', 'b=2'] }
 * ```
 */
export function groupHeaders(
  pairs: readonly (readonly [name: string, value: string])[],
): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {}
  for (const [name, value] of pairs) {
    const earlier = headers[name]
    headers[name] = earlier === undefined ? value : [earlier, value].flat()
  }
  return headers
}
