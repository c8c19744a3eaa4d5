import { createHash, createHmac } from 'node:crypto'
import { type CaseSet, refused } from '../case-draft.js'
import { withHeader } from '../edit-request.js'
import { hmacOf, macText, signedBytes, withMac } from '../signature-form.js'
import { keyOf } from '../subject.js'

/** Requests that name an algorithm, or use another one than the scheme, with a MAC that is correct for that algorithm. */
export const algorithmNames: CaseSet = (subject) => {
  const { algorithm, header, encoding, prefix = '', list, pairs } = hmacOf(subject)
  const own = algorithm.slice('hmac-'.length)
  const request = subject.sign()
  const content = signedBytes(subject, request)
  const key = keyOf(subject.secret)
  if (typeof key === 'object' && !(key instanceof Uint8Array))
    throw new Error('An HMAC key is text or bytes.')
  const macWith = (hash: string) => createHmac(hash, key).update(content).digest(encoding)
  const others = ['sha1', 'sha512', 'md5', 'sha256'].filter((hash) => hash !== own)
  const named = (name: string, mac: string) =>
    refused('HEADER_MALFORMED', {
      comment: `the message names the algorithm ${name}`,
      flags: ['AlgorithmFromMessage'],
      request: withHeader(request, header, `${name}=${mac}`),
    })
  const unkeyed = (comment: string, bytes: Uint8Array) =>
    refused('SIGNATURE_MISMATCH', {
      comment,
      flags: ['AlgorithmFromMessage'],
      request: withMac(subject, request, createHash(own).update(bytes).digest()),
    })
  const right = macText(subject, request)
  const takesNames = prefix.endsWith('=') && !list && !pairs
  return [
    ...(takesNames ? others.map((hash) => named(hash, macWith(hash))) : []),
    ...(takesNames ? ['none', 'hmac', '__proto__', 'constructor'].map((name) => named(name, right)) : []),
    ...(takesNames ? [named('none', '')] : []),
    ...others.map((hash) =>
      refused('HEADER_MALFORMED', {
        comment: `the right HMAC of another algorithm, ${hash}`,
        flags: ['AlgorithmFromMessage'],
        request: withMac(subject, request, macWith(hash)),
      }),
    ),
    unkeyed('the hash of what is signed, without the secret', content),
    unkeyed('the hash of the secret and what is signed', Buffer.concat([Buffer.from(key), content])),
  ]
}
