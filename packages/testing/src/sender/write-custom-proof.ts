import {
  findSigner,
  type SchemeDescriptor,
  type SignRequest,
  WebhookConfigurationError,
} from '@countersign/core'
import type { SignedRequest } from './signed-request.js'
import type { WrittenProof } from './write-proof.js'

/** A delivery for the `sign` function of a custom scheme. */
export interface CustomProofInput extends SignedRequest {
  /** The bytes to sign: the uncompressed body if the sender signs that. */
  readonly signed: Uint8Array
  readonly keys: readonly Buffer[]
  readonly id: string
  /** Milliseconds since the epoch. */
  readonly timestamp: number | string
}

/**
 * Returns the `sign` function of a custom scheme; undefined for all other schemes.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_SCHEME_INVALID` if a custom scheme has no `sign`
 */
export function requireSigner(scheme: SchemeDescriptor): SignRequest | undefined {
  if (scheme.signature.algorithm !== 'custom') return undefined
  return (
    findSigner(scheme) ??
    refuse(
      scheme,
      'only its own code can sign a delivery; pass sign(request, secret) to customScheme() in addition to verify',
    )
  )
}

/** Creates the proof with the scheme's own `sign` function and the first key. */
export function writeCustomProof(
  scheme: SchemeDescriptor,
  sign: SignRequest,
  { method, url, headers, signed, keys, id, timestamp }: CustomProofInput,
): WrittenProof {
  if (typeof timestamp !== 'number')
    return refuse(scheme, 'its sign function takes the timestamp in milliseconds, not as text')
  const names = headers.map(([name, value]) => [name.toLowerCase(), value] as const)
  const request = { method, url, headers: Object.fromEntries(names), body: signed, id, timestamp }
  const written: unknown = sign(request, (keys[0] ?? Buffer.alloc(0)).toString('utf8'))
  if (typeof written !== 'object' || written === null || 'then' in written)
    return refuse(scheme, 'sign must return headers synchronously, such as { "X-Signature": "..." }')
  return { headers: Object.entries(written).map(([name, value]) => [name, String(value)] as const) }
}

function refuse(scheme: SchemeDescriptor, problem: string): never {
  throw new WebhookConfigurationError('ERR_WEBHOOK_SCHEME_INVALID', `Scheme "${scheme.name}": ${problem}.`)
}
