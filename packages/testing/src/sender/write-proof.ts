import type { HmacProof, SchemeDescriptor } from '@countersign/core'
import { computeMac } from './compute-mac.js'
import { writeSignatures } from './write-signatures.js'

/** Where a proof is sent: in headers, in the order of sending and possibly repeated, or in a parameter of the URL. */
export type WrittenProof =
  | { readonly headers: readonly (readonly [name: string, value: string])[] }
  | { readonly query: string; readonly value: string }

/** The input for a proof. */
export interface ProofInput {
  readonly keys: readonly Buffer[]
  readonly content: Uint8Array
  readonly timestamp: string
}

/** Writes the sender's proof. If the scheme allows several signatures, every key signs; otherwise only the first. */
export function writeProof(scheme: SchemeDescriptor, input: ProofInput): WrittenProof {
  const { signature } = scheme
  const first = input.keys[0] ?? Buffer.alloc(0)
  if (signature.algorithm === 'basic')
    return { headers: [['authorization', `Basic ${first.toString('base64')}`]] }
  if (signature.algorithm === 'token') {
    const token = `${signature.prefix ?? ''}${first.toString('utf8')}`
    return signature.query === undefined
      ? { headers: [[signature.header ?? 'authorization', token]] }
      : { query: signature.query, value: token }
  }
  if (signature.algorithm === 'custom')
    throw new TypeError("A custom scheme's own sign function writes its proof.")
  return { headers: signatureHeaders(scheme, signature, input) }
}

function signatureHeaders(
  scheme: SchemeDescriptor,
  proof: HmacProof,
  { keys, content, timestamp }: ProofInput,
) {
  const macs = keys.map((key) => computeMac(proof, key, content))
  const write = (some: readonly string[]) => writeSignatures(scheme, proof, some, timestamp)
  const names = signatureHeaderNames(proof)
  if (names.length > 1) {
    const used = names.slice(0, Math.max(1, macs.length))
    return used.map((name, index) => [name, write(macs.slice(index, index + 1))] as const)
  }
  if (proof.repeats) return macs.map((mac) => [proof.header, write([mac])] as const)
  return [[proof.header, write(macs)] as const]
}

/**
 * The names of the headers that may contain a signature, as the scheme spells them; the main header first.
 *
 * @example
 * import { signatureHeaderNames } from '@countersign/testing/sender'
 *
 * const proof = { algorithm: 'hmac-sha256', header: 'X-Signature', encoding: 'hex' } as const
 * console.log(signatureHeaderNames({ ...proof, moreHeaders: ['X-Signature-Old'] }))
 */
export function signatureHeaderNames({ header, moreHeaders = [] }: HmacProof): readonly string[] {
  if (moreHeaders !== 'numbered') return [header, ...moreHeaders]
  const first = Number(/\d+$/.exec(header)?.[0])
  const numbers = Array.from({ length: 16 }, (_, index) => first + index)
  return numbers.map((number) => header.replace(/\d+$/, String(number)))
}
