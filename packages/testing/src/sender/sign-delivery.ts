import type { SchemeDescriptor } from '@countersign/core'
import type { Content } from './build-content.js'
import { compressBody } from './compress-body.js'
import { signedContent } from './compute-mac.js'
import type { SignOptions } from './sign-options.js'
import type { SignedRequest } from './signed-request.js'
import { requireSigner, writeCustomProof } from './write-custom-proof.js'
import { writeHeaders } from './write-headers.js'
import { type WrittenProof, writeProof } from './write-proof.js'
import { writeTime } from './write-time.js'

/** The input for one signed attempt. */
export interface SigningInput {
  readonly scheme: SchemeDescriptor
  readonly keys: readonly Buffer[]
  readonly content: Content
  readonly id: string
  readonly method: string
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** Signs one attempt at a delivery. */
export function signDelivery(
  { scheme, keys, content, id, method, now }: SigningInput,
  options: SignOptions,
): SignedRequest {
  const timestamp = scheme.timestamp ? writeTime(options.timestamp ?? now, scheme.timestamp.unit) : ''
  const url = withQuery(options.url ?? '/', content.query)
  const { signed, sent } = compressBody(scheme, content, options)
  const write = (proof: WrittenProof | undefined, overrides: SignOptions['headers'] = {}): SignedRequest => ({
    method,
    url: proof && 'query' in proof ? withQuery(url, { [proof.query]: proof.value }) : url,
    headers: writeHeaders(scheme, { content: sent, id, timestamp, proof, overrides }),
    body: sent.body,
  })
  return write(options.omitProof ? undefined : proofOf(), options.headers)

  function proofOf(): WrittenProof {
    const sign = requireSigner(scheme)
    if (sign) {
      // If the scheme has a timestamp field, the code also finds a text timestamp there.
      const given = options.timestamp ?? now
      const time = scheme.timestamp && typeof given === 'string' ? now : given
      return writeCustomProof(scheme, sign, { ...write(undefined), signed, keys, id, timestamp: time })
    }
    const parts = { body: signed, timestamp, id, method, url: scheme.url ?? url }
    return writeProof(scheme, { keys, content: signedContent(scheme, parts), timestamp })
  }
}

/** Adds parameters to an absolute URL or to a path. */
function withQuery(url: string, fields: Readonly<Record<string, string>>): string {
  const added = new URLSearchParams(fields).toString()
  if (added === '') return url
  return `${url}${url.includes('?') ? '&' : '?'}${added}`
}
