import {
  findSigner,
  type SchemeDescriptor,
  type SignRequest,
  WebhookConfigurationError,
} from '@countersign/core'
import type { SignedRequest } from './signed-request.js'
import type { WrittenProof } from './write-proof.js'

/** A delivery that the code of a custom scheme is to sign. */
export interface CustomProofInput extends SignedRequest {
  /** The bytes the sender signs: those before compression, where it signs those. */
  readonly signed: Uint8Array
  readonly keys: readonly Buffer[]
  readonly id: string
  /** Milliseconds since the epoch. */
  readonly timestamp: number | string
}

/**
 * The function that signs deliveries of a custom scheme; undefined for all other schemes.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_SCHEME_INVALID` where a custom scheme has none
 */
export function requireSigner(scheme: SchemeDescriptor): SignRequest | undefined {
  if (scheme.signature.algorithm !== 'custom') return undefined
  return (
    findSigner(scheme) ??
    refuse(
      scheme,
      'only its own code can sign a delivery; give customScheme() a sign(request, secret) beside verify',
    )
  )
}

/** The proof as the scheme's own code writes it, by the first key. */
export function writeCustomProof(
  scheme: SchemeDescriptor,
  sign: SignRequest,
  { method, url, headers, signed, keys, id, timestamp }: CustomProofInput,
): WrittenProof {
  if (typeof timestamp !== 'number')
    return refuse(scheme, 'its code signs a time in milliseconds, and no text in its place')
  const names = headers.map(([name, value]) => [name.toLowerCase(), value] as const)
  const request = { method, url, headers: Object.fromEntries(names), body: signed, id, timestamp }
  const written: unknown = sign(request, (keys[0] ?? Buffer.alloc(0)).toString('utf8'))
  if (typeof written !== 'object' || written === null || 'then' in written)
    return refuse(scheme, 'sign must return headers, as { "X-Signature": "..." }, and at once')
  return { headers: Object.entries(written).map(([name, value]) => [name, String(value)] as const) }
}

function refuse(scheme: SchemeDescriptor, problem: string): never {
  throw new WebhookConfigurationError('ERR_WEBHOOK_SCHEME_INVALID', `Scheme "${scheme.name}": ${problem}.`)
}
