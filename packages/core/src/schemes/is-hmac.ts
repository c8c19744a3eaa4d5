import type { HmacProof, Proof } from './scheme-descriptor.js'

/** Whether the proof is a MAC. A token or Basic credentials cover nothing, and a custom proof is checked by its own code. */
export function isHmac(proof: Proof): proof is HmacProof {
  return proof.algorithm !== 'token' && proof.algorithm !== 'basic' && proof.algorithm !== 'custom'
}
