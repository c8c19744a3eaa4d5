import type { HmacProof, Proof } from './scheme.js'

/** Whether the proof covers the body; a token or Basic credentials do not. */
export function isHmac(proof: Proof): proof is HmacProof {
  return proof.algorithm !== 'token' && proof.algorithm !== 'basic'
}
