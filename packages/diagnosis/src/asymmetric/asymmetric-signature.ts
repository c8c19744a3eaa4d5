/** A signature made with a private key: no shared secret can verify it. */
export interface AsymmetricSignature {
  /** The header that shows it; undefined if the body does. */
  readonly header?: string
  /** Where it is, as part of a sentence: `"X-Signature-Ed25519"`, `"SigningCertURL" in the body`. */
  readonly place: string
  /** The algorithm, and the standard if there is one: `Ed25519`, `RS256, a JSON Web Signature`. */
  readonly kind: string
  /** The known sender; undefined if many senders sign like this. */
  readonly sender?: string
  /**
   * `true`: this is the signature of the request. `false`: a value only looks like one, or a gateway or crawler may have
   * added it beside the sender's own signature.
   */
  readonly isCertain: boolean
}

/** Describes the signature, why no secret can verify it, and what to do. It contains nothing of the signature. */
export function describeAsymmetric({ place, kind, sender }: AsymmetricSignature): string {
  const by = sender === undefined ? '' : `, as ${sender} uses`
  const library = sender === undefined ? "the sender's own library" : `${sender}'s own library`
  return [
    `${place} belongs to a signature made with a private key (${kind}${by}).`,
    'Only the sender has that key, and receivers verify with the public key, so no shared secret can match.',
    `Verify with ${library} and its public key, in a customScheme() from @countersign/core/schemes (docs/schemes/custom-scheme.md).`,
  ].join(' ')
}
