import { gzipSync } from 'node:zlib'
import { hmacScheme } from '@countersign/core/schemes'
import type { FileDraft } from '../build-file.js'
import { accepted, type CaseDraft, type CaseSet, refused } from '../case-draft.js'
import { flipBit, withBody, withHeader } from '../edit-request.js'
import { createSubject, type Subject, sentAt } from '../subject.js'

const maxBodyBytes = 2_000
const payload = { id: 'evt_1', type: 'thing.done', note: 'compressed' }

function subjectOf(name: string, contentEncoding: 'decoded' | 'as-sent'): Subject {
  return createSubject({
    scheme: hmacScheme({
      name,
      header: 'X-Signature',
      signedContent: '{timestamp}.{body}',
      timestamp: { header: 'X-Timestamp', unit: 's' },
      eventId: { json: '/id' },
      eventType: { json: '/type' },
      contentEncoding,
      maxBodyBytes,
    }),
    secret: { text: 'compressed-secret-41c8e07d2b9f6a53' },
    otherSecret: { text: 'compressed-secret-b7f20a9645e1c38d' },
    payload,
    delivery: { id: 'evt_1', event: 'thing.done', timestamp: sentAt },
  })
}

/** Gives the same bytes on every machine: nothing is compressed, and the header does not name the operating system. */
function gzip(text: string): Uint8Array {
  const bytes = gzipSync(text, { level: 0 })
  bytes[9] = 0xff
  return bytes
}

/** Signs the bytes that the scheme's sender signs and sends `compressed`. */
function sign(subject: Subject, text: string, compressed = gzip(text)) {
  const isSignedAsSent = subject.scheme.contentEncoding === 'as-sent'
  const request = subject.sign({ body: isSignedAsSent ? compressed : text, gzip: false })
  return withHeader(withBody(request, compressed), 'content-encoding', 'gzip')
}

const cases: CaseSet = (subject) => {
  const text = JSON.stringify(payload)
  const isSignedAsSent = subject.scheme.contentEncoding === 'as-sent'
  const compressed = sign(subject, text)
  const plain = subject.sign({ body: text, gzip: false })
  const large = JSON.stringify({ ...payload, fill: 'x'.repeat(maxBodyBytes) })
  const small = gzipSync(large, { level: 9 })
  small[9] = 0xff
  const taken = (comment: string, request: typeof plain): CaseDraft =>
    accepted(subject, { comment, flags: ['ContentEncoding'], request })
  return [
    taken('a compressed body', compressed),
    taken('a compressed body without its Content-Encoding', {
      ...compressed,
      headers: compressed.headers.filter(([name]) => name !== 'content-encoding'),
    }),
    taken('Content-Encoding in capitals', withHeader(compressed, 'content-encoding', 'GZIP')),
    taken('a body that is not compressed', plain),
    taken(
      'a body that was decompressed on its way or never compressed, under Content-Encoding: gzip',
      withHeader(plain, 'content-encoding', 'gzip'),
    ),
    ...['br', 'deflate', 'gzip, gzip', 'x-gzip'].map((coding) =>
      refused('BODY_ENCODED', {
        comment: `Content-Encoding ${coding}`,
        flags: ['ContentEncoding'],
        request: withHeader(compressed, 'content-encoding', coding),
      }),
    ),
    refused('BODY_ENCODED', {
      comment: 'a compressed body that was cut off',
      flags: ['ContentEncoding'],
      request: sign(subject, text, gzip(text).subarray(0, -12)),
      authentic: isSignedAsSent,
    }),
    refused(isSignedAsSent ? 'SIGNATURE_MISMATCH' : 'BODY_ENCODED', {
      comment: 'a compressed body with one bit flipped',
      flags: ['ContentEncoding'],
      request: withBody(compressed, flipBit(gzip(text), 40)),
    }),
    refused('BODY_TOO_LARGE', {
      comment: 'a small body that decompresses to more than the limit',
      flags: ['BodyLimit'],
      request: sign(subject, large, small),
    }),
    refused('SIGNATURE_MISMATCH', {
      comment: 'a compressed body signed by its other bytes',
      flags: ['ContentEncoding'],
      request: withHeader(
        withBody(subject.sign({ body: isSignedAsSent ? text : gzip(text), gzip: false }), gzip(text)),
        'content-encoding',
        'gzip',
      ),
    }),
  ]
}

function fileOf(name: string, description: string, contentEncoding: 'decoded' | 'as-sent'): FileDraft {
  const subject = subjectOf(name, contentEncoding)
  const groups = [{ comment: 'One secret', secrets: [subject.secret], cases: cases(subject) }]
  return { name, description, scheme: subject.scheme, groups }
}

export const compressedBodyFiles: readonly FileDraft[] = [
  fileOf('generic-gzip', 'A sender that signs the body and then compresses it.', 'decoded'),
  fileOf('generic-gzip-as-sent', 'A sender that signs the compressed body.', 'as-sent'),
]
