import { digest } from '#crypto'
import type { MaybePromise } from './dedupe/dedupe-store.js'
import { encodeBase64url } from './encoding/base64.js'
import { isPromise } from './is-promise.js'

/** SHA-256 as base64url: what tells one body from another. */
export function fingerprintOf(bytes: Uint8Array): MaybePromise<string> {
  const hash = digest(bytes)
  return isPromise(hash) ? hash.then(encodeBase64url) : encodeBase64url(hash)
}
