import type { SchemeDescriptor } from '@countersign/core'
import type { Terminal } from '../terminal.js'

/** Says why what was signed cannot be used. */
export function warnOfWithheldProof({ name, signature }: SchemeDescriptor, terminal: Terminal): void {
  if (signature.algorithm !== 'token' && signature.algorithm !== 'basic') return
  const proof = signature.algorithm === 'token' ? 'a token' : 'Basic credentials'
  terminal.printError(
    `countersign: the proof of "${name}" is ${proof}, the secret itself, and was withheld; "countersign send" sends it`,
  )
}
