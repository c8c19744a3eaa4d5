import type { SchemeDescriptor, SecretValue } from '@countersign/core'
import type { SignedRequest } from '@countersign/testing'
import type { CheckFault } from '../faults.js'
import type { Deliveries } from './deliveries.js'
import { editHeader } from './edit-proof.js'
import { signedBy } from './forge.js'

/** A forgery with a key that everybody knows. */
export interface KeyChange {
  readonly what: string
  readonly fault: Extract<CheckFault, 'accepts-empty-key' | 'accepts-guessable-key'>
  /** Undefined where the scheme's own code cannot sign with the key. */
  readonly change: (request: SignedRequest, deliveries: Deliveries) => SignedRequest | undefined
}

/** What an unset variable becomes in one language or another, and what stands in examples. */
const guesses = ['undefined', 'null', 'None', 'nil', '[object Object]', 'secret', 'changeme', 'test']

/** Forgeries with each key that is not the receiver's own. */
export function keyChanges(scheme: SchemeDescriptor, secret: SecretValue): readonly KeyChange[] {
  const own = textOf(secret)
  const isBasic = scheme.signature.algorithm === 'basic'
  const empty: KeyChange = {
    what: isBasic
      ? 'empty credentials'
      : scheme.signature.algorithm === 'token'
        ? 'an empty token'
        : 'a signature by the empty key',
    fault: 'accepts-empty-key',
    change: isBasic ? (request) => withCredentials(request, ':') : signedWith(scheme, Buffer.alloc(0)),
  }
  const guessed = guesses
    .filter((guess) => guess !== own && `${guess}:${guess}` !== own)
    .map(
      (guess): KeyChange => ({
        what: isBasic ? `the credentials "${guess}:${guess}"` : `the key "${guess}"`,
        fault: 'accepts-guessable-key',
        change: isBasic
          ? (request) => withCredentials(request, `${guess}:${guess}`)
          : signedWith(scheme, Buffer.from(guess)),
      }),
    )
  return [empty, ...guessed]
}

function signedWith(scheme: SchemeDescriptor, key: Uint8Array): KeyChange['change'] {
  return (_request, deliveries) => signedBy(scheme, deliveries, key)
}

function withCredentials(request: SignedRequest, credentials: string): SignedRequest {
  const encoded = Buffer.from(credentials, 'utf8').toString('base64')
  return editHeader(request, 'authorization', () => `Basic ${encoded}`)
}

function textOf(secret: SecretValue): string {
  if (typeof secret === 'string') return secret
  return secret instanceof Uint8Array
    ? Buffer.from(secret).toString('utf8')
    : `${secret.username}:${secret.password}`
}
