import { hmacScheme } from '@countersign/core/schemes'
import type { FileDraft } from '../build-file.js'
import { accepted, type CaseDraft, type CaseSet, refused } from '../case-draft.js'
import { largeBody } from '../cases/bodies.js'
import { bodyDigests, otherSpellings } from '../cases/body-digests.js'
import { alsoHeader, flipBit, withBody, withHeader } from '../edit-request.js'
import { macBytes, withMac } from '../signature-form.js'
import { createSubject, type Subject, sentAt } from '../subject.js'

const secret = { text: 'digest-secret-2c7e91d04fb8a635' }
const otherSecret = { text: 'digest-secret-f05a83b6e21d9c47' }
const payload = { id: 'evt_1', type: 'thing.done', data: { quantity: 2 } }
const eventType = { json: '/type' }
const header = 'X-Signature'

const hex = createSubject({
  scheme: hmacScheme({
    name: 'generic-body-digest',
    header,
    signedContent: '{timestamp}.{bodySha256Hex}',
    timestamp: { header: 'X-Timestamp', unit: 's' },
    eventId: { json: '/id' },
    eventType,
  }),
  secret,
  otherSecret,
  payload,
  delivery: { id: 'evt_1', event: 'thing.done', timestamp: sentAt },
})

const base64 = createSubject({
  scheme: hmacScheme({
    name: 'generic-body-digest-base64',
    header,
    encoding: 'base64',
    signedContent: '{id}\n{bodySha256Base64}\n{method}',
    deliveryId: { header: 'X-Delivery' },
    eventType,
  }),
  secret,
  otherSecret,
  payload,
  id: 'delivery-1',
  delivery: { id: 'delivery-1', event: 'thing.done' },
})

const honest: CaseSet = (subject) => [
  accepted(subject, { comment: 'an honest delivery', flags: ['Normal'], request: subject.sign() }),
  ...exact(subject),
  refused('PAYLOAD_MALFORMED', {
    comment: 'no body',
    flags: ['EmptyBody'],
    request: subject.sign({ body: '' }),
    authentic: true,
  }),
]

function exact(subject: Subject): readonly CaseDraft[] {
  const text = JSON.stringify(subject.payload)
  const bodies = {
    'a line feed behind the JSON': `${text}\n`,
    'placeholders of the signed content': JSON.stringify({ ...payload, note: '{bodySha256Hex}{body}$&' }),
  }
  return Object.entries(bodies).map(([comment, body]) =>
    accepted(subject, { comment, flags: ['ExactBytes'], request: subject.sign({ body }) }),
  )
}

const changed: CaseSet = (subject) => {
  const request = subject.sign()
  const { body } = request
  const mac = macBytes(subject, request)
  const mismatch = (comment: string, bytes: Uint8Array) =>
    refused('SIGNATURE_MISMATCH', { comment, flags: ['TamperedBody'], request: withBody(request, bytes) })
  return [
    mismatch('one bit flipped in the middle', flipBit(body, body.length >> 1)),
    mismatch('a byte more', Buffer.concat([body, Buffer.from('\n')])),
    mismatch('the last byte missing', body.subarray(0, -1)),
    mismatch('no body under the signature of one', new Uint8Array()),
    refused('SIGNATURE_MISMATCH', {
      comment: 'one bit of the MAC flipped',
      flags: ['TamperedSignature'],
      request: withMac(subject, request, flipBit(mac, 0)),
    }),
    refused('SIGNATURE_MISMATCH', {
      comment: 'another secret',
      flags: ['WrongSecret'],
      request: subject.sign({ secret: otherSecret }),
    }),
  ]
}

const inTime: CaseSet = (subject) => {
  const request = subject.sign()
  const secondLater = String(sentAt / 1_000 + 1)
  return [
    accepted(subject, {
      comment: 'exactly 300 seconds old',
      flags: ['WindowEdge'],
      request,
      now: sentAt + 300_000,
    }),
    refused('TIMESTAMP_TOO_OLD', {
      comment: 'a millisecond older than 300 seconds',
      flags: ['Stale'],
      request,
      now: sentAt + 300_001,
      authentic: true,
    }),
    refused('SIGNATURE_MISMATCH', {
      comment: 'a second later than signed',
      flags: ['TamperedTimestamp'],
      request: withHeader(request, 'X-Timestamp', secondLater),
    }),
  ]
}

const onArrival: CaseSet = (subject) => {
  const request = subject.sign()
  return [
    accepted(subject, {
      comment: 'a body in chunks',
      flags: ['Normal'],
      request: withHeader(request, 'transfer-encoding', 'chunked'),
    }),
    accepted(subject, {
      comment: 'forwarded headers by a stranger',
      flags: ['ForwardedHeaders'],
      request: alsoHeader(request, 'x-forwarded-host', 'attacker.example'),
    }),
    largeBody(subject),
  ]
}

function fileOf(description: string, subject: Subject, ...sets: readonly CaseSet[]): FileDraft {
  const { scheme } = subject
  const cases = sets.flatMap((set) => set(subject))
  return {
    name: scheme.name,
    description,
    scheme,
    groups: [{ comment: 'One secret', secrets: [secret], cases }],
  }
}

export const bodyDigestFiles: readonly FileDraft[] = [
  fileOf(
    'Any sender with the hex HMAC-SHA256 of timestamp, stop and the body’s SHA-256 in hex.',
    hex,
    honest,
    changed,
    inTime,
    onArrival,
    bodyDigests,
  ),
  fileOf(
    'Any sender with the base64 HMAC-SHA256 of delivery id, the body’s SHA-256 in base64, and method.',
    base64,
    honest,
    changed,
    otherSpellings,
  ),
]
