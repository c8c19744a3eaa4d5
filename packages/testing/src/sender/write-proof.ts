import type { HmacProof, SchemeDescriptor } from '@countersign/core'
import { computeMac } from './compute-mac.js'
import { writeSignatures } from './write-signatures.js'

/** Where a proof goes: headers in the order of sending, of which one may come twice, or a parameter of the URL's query. */
export type WrittenProof =
  | { readonly headers: readonly (readonly [name: string, value: string])[] }
  | { readonly query: string; readonly value: string }

/** What the proof is made of. */
export interface ProofInput {
  readonly keys: readonly Buffer[]
  readonly content: Uint8Array
  readonly timestamp: string
}

/** Writes the sender's proof. Where the scheme has room for several signatures, each key makes one; else the first key alone. */
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
  if (signature.algorithm === 'custom') throw new TypeError('The code of a custom scheme writes its proof.')
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

/** The headers that may carry a signature, the usual one first, each as the scheme writes it. */
export function signatureHeaderNames({ header, moreHeaders = [] }: HmacProof): readonly string[] {
  if (moreHeaders !== 'numbered') return [header, ...moreHeaders]
  const first = Number(/\d+$/.exec(header)?.[0])
  const numbers = Array.from({ length: 16 }, (_, index) => first + index)
  return numbers.map((number) => header.replace(/\d+$/, String(number)))
}
