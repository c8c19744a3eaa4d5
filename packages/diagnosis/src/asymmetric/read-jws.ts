/** RFC 7518 section 3.1 and RFC 8037: what is signed with a private key. `HS256` and its like take a secret. */
const asymmetric = /^(RS|PS|ES)\d{3}K?$|^EdDSA$|^Ed(25519|448)$/

/**
 * The algorithm of a JSON Web Token, or of a JWS whose payload is detached, where it takes a private key.
 *
 * @param text with or without `Bearer ` before it
 */
export function asymmetricJws(text: string): string | undefined {
  const head = /^(?:bearer )?(eyJ[\w-]+)\.[\w-]*\.[\w-]+$/i.exec(text.trim())?.[1]
  if (head === undefined) return undefined
  try {
    const { alg } = JSON.parse(Buffer.from(head, 'base64url').toString('utf8'))
    return typeof alg === 'string' && asymmetric.test(alg) ? alg : undefined
  } catch {
    return undefined
  }
}
