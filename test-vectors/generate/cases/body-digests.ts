import { createHash, createHmac } from 'node:crypto'
import { accepted, type CaseDraft, type CaseSet, refused } from '../case-draft.js'
import { alsoHeader, withBody } from '../edit-request.js'
import { createSubject, keyOf, type Subject } from '../subject.js'

/** For a scheme that signs the SHA-256 of the body: wrong values in the place of the digest. */
export const bodyDigests: CaseSet = (subject) => {
  const { body } = subject.sign()
  const digest = sha256(body)
  return [
    ...otherSpellings(subject),
    signedInstead(subject, 'the digest’s bytes, not written as text', digest),
    signedInstead(subject, 'the body in place of its digest', body),
    signedInstead(subject, 'the digest of the digest', spelt(subject, sha256(spelt(subject, digest)))),
    signedInstead(subject, 'a SHA-1 of the body', spelt(subject, createHash('sha1').update(body).digest())),
    signedInstead(
      subject,
      'a SHA-512 of the body',
      spelt(subject, createHash('sha512').update(body).digest()),
    ),
    signedInstead(
      subject,
      'an HMAC of the body in place of its digest',
      spelt(subject, macOf(subject, body)),
    ),
    signedInstead(subject, 'the digest with the name of its algorithm', `sha-256=${spelt(subject, digest)}`),
    signedInstead(subject, 'the digest with a line feed behind it', `${spelt(subject, digest)}\n`),
    ...otherBodies(subject),
    ...statedDigests(subject),
  ]
}

/** The digest in every encoding except the scheme's. */
export const otherSpellings: CaseSet = (subject) => {
  const digest = sha256(subject.sign().body)
  const base64 = digest.toString('base64')
  const spellings = {
    'in hex': digest.toString('hex'),
    'in upper-case hex': digest.toString('hex').toUpperCase(),
    'in base64': base64,
    'in base64 without its padding': base64.replace('=', ''),
    'in base64url': base64.replaceAll('+', '-').replaceAll('/', '_'),
  }
  const own = spelt(subject, digest)
  const others = Object.entries(spellings).filter(([, text]) => text !== own)
  if (others.length !== 4) throw new Error('Two spellings are the same text; choose another body.')
  return others.map(([how, text]) => signedInstead(subject, `the digest ${how}`, text))
}

function otherBodies(subject: Subject): readonly CaseDraft[] {
  const request = subject.sign()
  const text = Buffer.from(request.body).toString('utf8')
  const indented = JSON.stringify(JSON.parse(text), undefined, 2)
  const reformatted = { flags: ['BodyDigest', 'ReformattedBody'] } as const
  return [
    refused('SIGNATURE_MISMATCH', {
      ...reformatted,
      comment: 'an indented body under the digest of the same JSON, re-serialised',
      request: withBody(request, indented),
    }),
    refused('SIGNATURE_MISMATCH', {
      ...reformatted,
      comment: 'a body under the digest of the same JSON, indented',
      request: withBody(subject.sign({ body: indented }), text),
    }),
    refused('SIGNATURE_MISMATCH', {
      comment: 'the digest sent in place of the body',
      flags: ['BodyDigest', 'TamperedBody'],
      request: withBody(request, spelt(subject, sha256(request.body))),
    }),
  ]
}

/** Headers that state a digest of the body. They are not signed, so a forger can choose them. */
function statedDigests(subject: Subject): readonly CaseDraft[] {
  const request = subject.sign()
  const other = '{"id":"evt_1","type":"thing.done","data":{"quantity":2000}}'
  const stated = (text: string | Buffer) => {
    const bytes = sha256(text)
    const named = alsoHeader(request, 'X-Content-SHA256', spelt(subject, bytes))
    return alsoHeader(named, 'Content-Digest', `sha-256=:${bytes.toString('base64')}:`)
  }
  return [
    refused('SIGNATURE_MISMATCH', {
      comment: 'another body, with the signed digest in headers',
      flags: ['BodyDigest', 'TamperedBody'],
      request: withBody(stated(Buffer.from(request.body)), other),
    }),
    refused('SIGNATURE_MISMATCH', {
      comment: 'another body, with its own digest in headers',
      flags: ['BodyDigest', 'TamperedBody'],
      request: withBody(stated(other), other),
    }),
    accepted(subject, {
      comment: 'an honest delivery, with another digest in headers that nobody signs',
      flags: ['BodyDigest'],
      request: stated(other),
    }),
  ]
}

/** A valid body whose signature was made with another value in the place of its digest. */
function signedInstead(subject: Subject, comment: string, instead: string | Uint8Array): CaseDraft {
  const { scheme, delivery } = subject
  const signedContent = scheme.signedContent?.replace(/\{bodySha256\w+\}/, '{body}') ?? ''
  const naive = createSubject({
    ...subject,
    scheme: { ...scheme, signedContent },
    ...(delivery.id !== null && { id: delivery.id }),
  })
  return refused('SIGNATURE_MISMATCH', {
    comment,
    flags: ['BodyDigest'],
    request: withBody(naive.sign({ body: instead }), subject.sign().body),
  })
}

/** Bytes in the encoding of the scheme's digest. */
function spelt({ scheme }: Subject, bytes: Buffer): string {
  return bytes.toString(scheme.signedContent?.includes('{bodySha256Hex}') ? 'hex' : 'base64')
}

function sha256(bytes: string | Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}

function macOf({ secret }: Subject, body: Uint8Array): Buffer {
  const key = keyOf(secret)
  if (typeof key !== 'string' && !Buffer.isBuffer(key)) throw new Error('Credentials are no key.')
  return createHmac('sha256', key).update(body).digest()
}
