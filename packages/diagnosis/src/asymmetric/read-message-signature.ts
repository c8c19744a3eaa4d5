/** RFC 9421 section 6.2.2: the names of its algorithms with a private key. `hmac-sha256` is the one without. */
const asymmetric = /^(rsa-pss-sha512|rsa-v1_5-sha256|ecdsa-p256-sha256|ecdsa-p384-sha384|ed25519)$/
/** Lengths in bytes of Ed25519 and P-256, P-384, and RSA. An HMAC with SHA-256 has 32. */
const lengths: ReadonlySet<number> = new Set([64, 96, 256, 384, 512])

/**
 * The kind of an HTTP Message Signature (RFC 9421), where a private key has made it: by the algorithm that it names, or,
 * where it names a key alone, by its length.
 */
export function asymmetricMessageSignature(input: string, signature: string): string | undefined {
  const named = /;\s*alg="([^"]{1,40})"/.exec(input)?.[1]
  if (named !== undefined) return asymmetric.test(named) ? named : undefined
  if (!/;\s*keyid="/.test(input)) return undefined
  const bytes = Buffer.from(/=:([\w+/]+={0,2}):/.exec(signature)?.[1] ?? '', 'base64')
  return lengths.has(bytes.length) ? 'RFC 9421' : undefined
}
