/** How two bodies differ, as numbers only, so that nothing of the body leaks into advice. */
export function describeChange(received: Uint8Array, signed: Uint8Array): string {
  const shorter = Math.min(received.length, signed.length)
  let at = 0
  while (at < shorter && received[at] === signed[at]) at++
  return `${received.length} bytes received, ${signed.length} signed; first difference at byte ${at}`
}

/** The first invisible character of a secret and its position: enough to find it without revealing the secret. */
export function describeInvisible(secret: string): string | undefined {
  const found = /(?! )[\p{Cf}\p{Z}]|\p{Variation_Selector}/u.exec(secret)
  if (!found) return undefined
  const code = found[0].codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')
  return `U+${code} at character ${[...secret.slice(0, found.index)].length}`
}
