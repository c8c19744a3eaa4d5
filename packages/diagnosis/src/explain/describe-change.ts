/** How two bodies differ, in numbers alone. */
export function describeChange(received: Uint8Array, signed: Uint8Array): string {
  const shorter = Math.min(received.length, signed.length)
  let at = 0
  while (at < shorter && received[at] === signed[at]) at++
  return `${received.length} bytes came and ${signed.length} were signed; they part at byte ${at}`
}

/** The first character of a secret that is not seen, and its place: enough to find it, and nothing of the secret. */
export function describeInvisible(secret: string): string | undefined {
  const found = /(?! )[\p{Cf}\p{Z}]|\p{Variation_Selector}/u.exec(secret)
  if (!found) return undefined
  const code = found[0].codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')
  return `U+${code} at character ${[...secret.slice(0, found.index)].length}`
}
