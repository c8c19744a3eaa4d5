/** A signature that a private key has made, so that no shared secret verifies it. */
export interface AsymmetricSignature {
  /** The header that shows it; undefined where the body does. */
  readonly header?: string
  /** Where it is, for a sentence: `"X-Signature-Ed25519"`, `"SigningCertURL" in the body`. */
  readonly place: string
  /** The algorithm, and the standard where there is one: `Ed25519`, `RS256, a JSON Web Signature`. */
  readonly kind: string
  /** Who is known to sign so; undefined where many do. */
  readonly sender?: string
  /**
   * Nothing else signs this request. Otherwise it is the look of a value, or what gateways and crawlers add beside the
   * sender's own signature.
   */
  readonly isCertain: boolean
}

/** What it is, why no secret can be found, and where to go. It holds nothing of the signature. */
export function describeAsymmetric({ place, kind, sender }: AsymmetricSignature): string {
  const by = sender === undefined ? '' : `, as ${sender} signs`
  const library = sender === undefined ? "the sender's own library" : `${sender}'s own library`
  return [
    `${place} belongs to a signature made with a private key (${kind}${by}).`,
    'The sender alone has that key, and everybody verifies with the public one, so no secret can be found or be right.',
    `Verify with ${library} and its public key, in a customScheme() of @countersign/core/schemes (docs/schemes/custom-scheme.md).`,
  ].join(' ')
}
