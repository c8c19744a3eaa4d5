import { accepted, type CaseDraft, type CaseSet, refused } from '../case-draft.js'
import { flipBit, headerOf, withBody, withHeader, withoutHeader } from '../edit-request.js'
import { hasTimeBesideMac, macBytes, withMac } from '../signature-form.js'
import { type Subject, sentAt } from '../subject.js'

/** Requests that were changed after signing. */
export const tampering: CaseSet = (subject) => [
  ...tamperedBodies(subject),
  ...tamperedSignatures(subject),
  ...tamperedTimes(subject),
  ...idHeader(subject),
  ...eventHeader(subject),
]

function tamperedBodies(subject: Subject): readonly CaseDraft[] {
  const request = subject.sign()
  const { body } = request
  const changed = (comment: string, bytes: Uint8Array | string) =>
    refused('SIGNATURE_MISMATCH', { comment, flags: ['TamperedBody'], request: withBody(request, bytes) })
  const reformatted = (comment: string, text: string) =>
    refused('SIGNATURE_MISMATCH', { comment, flags: ['ReformattedBody'], request: withBody(request, text) })
  const text = Buffer.from(body).toString('utf8')
  return [
    changed('one bit flipped in the first byte', flipBit(body, 0)),
    changed('one bit flipped in the middle', flipBit(body, body.length >> 1)),
    changed('the highest bit flipped in the middle', flipBit(body, body.length >> 1, 7)),
    changed('one bit flipped in the last byte', flipBit(body, body.length - 1)),
    changed('a byte more', Buffer.concat([body, Buffer.from(' ')])),
    changed('a zero byte more', Buffer.concat([body, Buffer.alloc(1)])),
    changed('a byte order mark before it', Buffer.concat([Buffer.from('\ufeff'), body])),
    changed('the last byte missing', body.subarray(0, -1)),
    changed('no body', new Uint8Array()),
    changed('the body twice', Buffer.concat([body, body])),
    reformatted('the same JSON, indented', JSON.stringify(JSON.parse(text), undefined, 2)),
    reformatted(
      'the same JSON with its fields in another order',
      JSON.stringify(Object.fromEntries(Object.entries(subject.payload).reverse())),
    ),
  ]
}

function tamperedSignatures(subject: Subject): readonly CaseDraft[] {
  const request = subject.sign()
  const mac = macBytes(subject, request)
  const changed = (comment: string, bytes: Uint8Array) =>
    refused('SIGNATURE_MISMATCH', {
      comment,
      flags: ['TamperedSignature'],
      request: withMac(subject, request, bytes),
    })
  const other = subject.sign({ body: '{"another":"delivery"}' })
  return [
    ...[0, mac.length >> 1, mac.length - 1].flatMap((index) =>
      [0, 7].map((bit) =>
        changed(`bit ${bit} of byte ${index} of the MAC flipped`, flipBit(mac, index, bit)),
      ),
    ),
    changed('a MAC of zeros', Buffer.alloc(mac.length)),
    changed('a MAC of ones', Buffer.alloc(mac.length, 0xff)),
    changed('the MAC’s bytes in reverse', Buffer.from(mac).reverse()),
    changed('the MAC of another delivery', macBytes(subject, other)),
  ]
}

function tamperedTimes(subject: Subject): readonly CaseDraft[] {
  const { timestamp } = subject.scheme
  if (!timestamp || !('header' in timestamp)) return []
  const request = subject.sign()
  const other = headerOf(subject.sign({ timestamp: sentAt + 1_000 }), timestamp.header)
  const header = headerOf(request, timestamp.header)
  // In pairs and lists the time is in the signature's header, and the signature must not change.
  const moved = !hasTimeBesideMac(subject)
    ? other
    : `${other.slice(0, other.search(/[,;]/))}${header.slice(header.search(/[,;]/))}`
  return [
    refused('SIGNATURE_MISMATCH', {
      comment: 'a second later than signed',
      flags: ['TamperedTimestamp'],
      request: withHeader(request, timestamp.header, moved),
    }),
    refused('SIGNATURE_MISMATCH', {
      comment: 'a captured delivery of yesterday with the time of now',
      flags: ['TamperedTimestamp'],
      request: withTimeOf(subject, subject.sign({ timestamp: sentAt - 86_400_000 })),
    }),
  ]
}

/** A delivery from another time that claims the current time. */
function withTimeOf(subject: Subject, captured: ReturnType<Subject['sign']>) {
  const { timestamp } = subject.scheme
  if (!timestamp || !('header' in timestamp)) return captured
  const fresh = subject.sign()
  return !hasTimeBesideMac(subject)
    ? withHeader(captured, timestamp.header, headerOf(fresh, timestamp.header))
    : withMac(subject, fresh, macBytes(subject, captured))
}

function idHeader(subject: Subject): readonly CaseDraft[] {
  const { deliveryId, eventId, signedContent = '' } = subject.scheme
  if (!deliveryId || !('header' in deliveryId)) return []
  const request = subject.sign()
  const { header } = deliveryId
  const empty = refused('HEADER_MALFORMED', {
    comment: `an empty ${header}`,
    flags: ['EmptyHeader'],
    request: withHeader(request, header, ''),
  })
  if (!signedContent.includes('{id}')) {
    return [
      empty,
      accepted(subject, {
        comment: 'another delivery id in its header',
        flags: ['UnsignedHeader'],
        request: withHeader(request, header, 'another-id'),
        delivery: { id: 'another-id' },
      }),
      accepted(subject, {
        comment: 'no delivery id in its header',
        flags: ['UnsignedHeader'],
        request: withoutHeader(request, header),
        delivery: { id: eventId ? String(subject.payload.id) : null },
      }),
    ]
  }
  const id = headerOf(request, header)
  return [
    empty,
    refused('SIGNATURE_MISMATCH', {
      comment: 'one bit of the delivery id flipped',
      flags: ['TamperedId'],
      request: withHeader(request, header, Buffer.from(flipBit(Buffer.from(id), id.length - 1)).toString()),
    }),
    refused('SIGNATURE_MISMATCH', {
      comment: 'another delivery id',
      flags: ['TamperedId'],
      request: withHeader(request, header, 'another-id'),
    }),
    refused('HEADER_MISSING', {
      comment: 'no delivery id',
      flags: ['MissingHeader'],
      request: withoutHeader(request, header),
    }),
    refused('HEADER_MALFORMED', {
      comment: 'a delivery id with a dot, rightly signed',
      flags: ['IdWithDot'],
      request: subject.sign({ id: 'msg.1' }),
    }),
  ]
}

function eventHeader(subject: Subject): readonly CaseDraft[] {
  const { eventType } = subject.scheme
  if (eventType?.header === undefined) return []
  const request = subject.sign()
  const isSigned = eventType.json !== undefined
  return [
    accepted(subject, {
      comment: isSigned
        ? 'another event in the header than in the signed body'
        : 'another event in the header',
      flags: ['UnsignedHeader'],
      request: withHeader(request, eventType.header, 'another'),
      delivery: isSigned ? {} : { event: 'another' },
    }),
    accepted(subject, {
      comment: 'no event in the header',
      flags: ['UnsignedHeader'],
      request: withoutHeader(request, eventType.header),
      delivery: isSigned ? {} : { event: null },
    }),
    refused('HEADER_MALFORMED', {
      comment: 'an empty event in the header',
      flags: ['EmptyHeader'],
      request: withHeader(request, eventType.header, ''),
    }),
  ]
}
