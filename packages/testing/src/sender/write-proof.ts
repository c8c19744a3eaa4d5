import type { HmacProof, SchemeDescriptor } from '@countersign/core'
import { computeMac } from './compute-mac.js'

/** Where a proof goes: one header, or one parameter of the URL's query. */
export type WrittenProof =
  | { readonly header: string; readonly value: string }
  | { readonly query: string; readonly value: string }

/** What the proof is made of. */
export interface ProofInput {
  readonly keys: readonly Buffer[]
  readonly content: Uint8Array
  readonly timestamp: string
}

/** Writes the sender's proof. Lists and pairs carry one signature for each key; all else the first key's alone. */
export function writeProof(scheme: SchemeDescriptor, input: ProofInput): WrittenProof {
  const { signature } = scheme
  const first = input.keys[0] ?? Buffer.alloc(0)
  if (signature.algorithm === 'basic')
    return { header: 'authorization', value: `Basic ${first.toString('base64')}` }
  if (signature.algorithm === 'token') {
    const token = `${signature.prefix ?? ''}${first.toString('utf8')}`
    return signature.query === undefined
      ? { header: signature.header ?? 'authorization', value: token }
      : { query: signature.query, value: token }
  }
  return { header: signature.header, value: writeSignatures(scheme, signature, input) }
}

function writeSignatures(scheme: SchemeDescriptor, proof: HmacProof, input: ProofInput): string {
  const { prefix = '', list, pairs } = proof
  const macs = input.keys.map((key) => computeMac(proof, key, input.content))
  if (pairs) {
    const timeKey = timeKeyOf(scheme)
    const time = timeKey === undefined ? [] : [`${timeKey}=${input.timestamp}`]
    return [...time, ...macs.map((mac) => `${pairs.key}=${mac}`)].join(pairs.separator)
  }
  const prefixed = macs.map((mac) => `${prefix}${mac}`)
  return list ? prefixed.join(list.separator) : (prefixed[0] ?? '')
}

/** The name of the pair that holds the time, where it stands beside the signatures (Stripe: `t`). */
export function timeKeyOf(scheme: SchemeDescriptor): string | undefined {
  return scheme.timestamp && 'header' in scheme.timestamp ? scheme.timestamp.key : undefined
}
