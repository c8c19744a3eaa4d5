import type { SchemeDescriptor, SecretValue } from '@countersign/core'
import type { SignedRequest } from '@countersign/testing'
import type { CheckFault } from '../faults.js'
import type { Deliveries } from './deliveries.js'
import { editHeader } from './edit-proof.js'
import { signWithKey } from './forge.js'

/** A forgery made with a well-known key. */
export interface KeyChange {
  readonly what: string
  readonly fault: Extract<CheckFault, 'accepts-empty-key' | 'accepts-guessable-key'>
  /** Returns undefined if the scheme's own code cannot sign with the key. */
  readonly change: (request: SignedRequest, deliveries: Deliveries) => SignedRequest | undefined
}

/** What an unset variable becomes in various languages, and placeholders from examples. */
const guesses = ['undefined', 'null', 'None', 'nil', '[object Object]', 'secret', 'changeme', 'test']

/** Forgeries with each well-known key, except the receiver's own. */
export function keyChanges(scheme: SchemeDescriptor, secret: SecretValue): readonly KeyChange[] {
  const own = textOf(secret)
  const isBasic = scheme.signature.algorithm === 'basic'
  const empty: KeyChange = {
    what: isBasic
      ? 'empty credentials'
      : scheme.signature.algorithm === 'token'
        ? 'an empty token'
        : 'a signature with the empty key',
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
  return (_request, deliveries) => signWithKey(scheme, deliveries, key)
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
