import type { SchemeDescriptor } from '@countersign/core'
import type { Terminal } from '../terminal.js'

/** Warns that the output lacks its proof: a token or a password is the secret itself, and is never printed. */
export function warnWithheldProof({ name, signature }: SchemeDescriptor, terminal: Terminal): void {
  if (signature.algorithm !== 'token' && signature.algorithm !== 'basic') return
  const proof = signature.algorithm === 'token' ? 'a token' : 'Basic credentials'
  terminal.printError(
    `countersign: the proof of "${name}" is ${proof}, which is the secret itself, and was withheld; "countersign send" sends it`,
  )
}
