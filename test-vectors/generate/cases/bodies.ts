import type { RepeatedBytes, SignedRequest, VectorDelivery } from '@countersign/testing'
import { vectorBody } from '@countersign/testing'
import { accepted, type CaseDraft, type CaseSet, refused } from '../case-draft.js'
import { withHeader } from '../edit-request.js'
import { type Subject, sentAt } from '../subject.js'

const formType = 'application/x-www-form-urlencoded'
const mebibyte = 1_048_576

/** Bodies that verify only if the exact bytes are used. */
export const bodies: CaseSet = (subject) => [
  ...exactBodies(subject),
  ...unparsableBodies(subject),
  ...formBodies(subject),
  largeBody(subject),
]

/** JSON bodies whose bytes change if code parses and serializes them again. */
export const exactBodies: CaseSet = (subject) => {
  const { payload } = subject
  const text = JSON.stringify(payload)
  const exact = (comment: string, body: string | Uint8Array) =>
    accepted(subject, { comment, flags: ['ExactBytes'], request: subject.sign({ body }) })
  const noted = (comment: string, note: string) => exact(comment, JSON.stringify({ ...payload, note }))
  const raw = (comment: string, note: string) =>
    exact(
      comment,
      text.replace(/^\{/, () => `{"note":"${note}",`),
    )
  return [
    exact('a byte order mark before the JSON', `\ufeff${text}`),
    exact('a line feed behind the JSON', `${text}\n`),
    exact('CR LF behind the JSON', `${text}\r\n`),
    exact('CR LF between the fields', JSON.stringify(payload, undefined, 2).replaceAll('\n', '\r\n')),
    exact('tabs and line feeds between the fields', JSON.stringify(payload, undefined, '\t')),
    exact('blanks around the JSON', `   ${text}   `),
    noted('$& and its kin, which replacement functions read as instructions', "$& $$ $' $` $1"),
    noted('placeholders of the signed content', '{body}.{timestamp}.{id}'),
    noted('percent escapes and plus signs', '%41%00+%zz'),
    noted('emoji', 'Grüße 👋🏽 👩‍🚀'),
    noted('composed and decomposed letters', 'é e\u0301'),
    noted('line separators', 'a\u2028b\u2029c'),
    noted('a replacement character', '\ufffd'),
    raw('unicode escapes', '\\u00e9\\u0000\\ud83d\\ude00'),
    raw('half a surrogate pair as an escape', '\\ud83d'),
    raw('escaped slashes', 'https:\\/\\/example.com\\/'),
    exact('a number beyond 2^53', text.replace(/^\{/, '{"number":12345678901234567890123,')),
    exact('a number that formats otherwise', text.replace(/^\{/, '{"number":1.50e+03,')),
    exact('a field twice', text.replace(/^\{/, '{"twice":1,"twice":2,')),
    exact('a field named __proto__', text.replace(/^\{/, '{"__proto__":{"polluted":true},')),
  ]
}

function unparsableBodies(subject: Subject): readonly CaseDraft[] {
  return oddBodies(subject).map(([comment, body]) =>
    refused('PAYLOAD_MALFORMED', {
      comment,
      flags: [Buffer.from(body).toString().trim() === '' ? 'EmptyBody' : 'Unparsable'],
      request: subject.sign({ body }),
      authentic: true,
    }),
  )
}

/** For a scheme whose payload stays bytes: no body is malformed. */
export const opaqueBodies: CaseSet = (subject) =>
  oddBodies(subject).map(([comment, body]) =>
    accepted(subject, { comment, flags: ['ExactBytes'], request: subject.sign({ body }) }),
  )

/** Bodies that are not JSON. */
function oddBodies({ payload }: Subject): readonly (readonly [comment: string, body: string | Uint8Array])[] {
  const text = JSON.stringify(payload)
  const bytesIn = (...bytes: number[]) =>
    Buffer.concat([Buffer.from('{"note":"'), Buffer.from(bytes), Buffer.from(`",${text.slice(1)}`)])
  return [
    ['no body', new Uint8Array()],
    ['a blank for a body', ' '],
    ['a byte order mark for a body', '\ufeff'],
    ['two byte order marks before the JSON', `\ufeff\ufeff${text}`],
    ['invalid UTF-8: FF', bytesIn(0xff)],
    ['invalid UTF-8: a byte of a letter missing', bytesIn(0xc3)],
    ['invalid UTF-8: an overlong slash', bytesIn(0xc0, 0xaf)],
    ['invalid UTF-8: a surrogate', bytesIn(0xed, 0xa0, 0x80)],
    ['Latin-1', bytesIn(0xe9)],
    ['UTF-16', Buffer.from(text, 'utf16le')],
    ['a zero byte inside a text', bytesIn(0x00)],
    ['a zero byte behind the JSON', `${text}\0`],
    ['text', 'Hello, World!'],
    ['the JSON cut off', text.slice(0, -1)],
    ['two JSON documents', `${text}${text}`],
    ['NaN for a value', text.replace(/^\{/, '{"number":NaN,')],
    ['a comma behind the last field', text.replace(/\}$/, ',}')],
  ]
}

/** Forms, as the scheme says that its sender sends them. The content type is not signed and decides nothing. */
function formBodies(subject: Subject): readonly CaseDraft[] {
  const { payload = 'json', formJsonField, timestamp } = subject.scheme
  const isTaken = payload === 'json-or-form' || payload === 'query-or-body'
  return [
    ...formsWithinJson(subject),
    ...(isTaken && !(timestamp && 'json' in timestamp) ? takenForms(subject) : refusedForms(subject)),
    ...(formJsonField === undefined ? [] : nestedForms(subject, formJsonField)),
  ]
}

function signForm(subject: Subject, body: string | Uint8Array, type = formType): SignedRequest {
  return withHeader(subject.sign({ body }), 'content-type', type)
}

/** JSON in which text of a visitor would become separate fields if it were parsed as a form. */
function formsWithinJson(subject: Subject): readonly CaseDraft[] {
  const json = encodeURIComponent(JSON.stringify({ ...subject.payload, id: 'evt_forged', type: 'forged' }))
  const note = `x&type=forged&id=evt_forged&event_id=evt_forged&payload=${json}&`
  const body = JSON.stringify({ ...subject.payload, note })
  const types = [
    formType,
    `${formType}; charset=utf-8`,
    formType.toUpperCase(),
    'multipart/form-data; boundary=x',
    'text/plain',
  ]
  return types.map((type) =>
    accepted(subject, {
      comment: `JSON that holds a form, sent as ${type}`,
      flags: ['UnsignedContentType'],
      request: signForm(subject, body, type),
    }),
  )
}

const plainForms: readonly (readonly [comment: string, body: string])[] = [
  ['a form', 'email=ada%40example.com&name=Ada+Lovelace'],
  ['a form with a field twice and one without a value', 'a=1&a=2&b&__proto__=x'],
  ['a form with zero bytes and broken escapes', 'a=%00&b=%zz&c=%ff'],
]

function takenForms(subject: Subject): readonly CaseDraft[] {
  const delivery = namesWithoutBody(subject)
  const taken = (comment: string, request: SignedRequest) =>
    accepted(subject, { comment, flags: ['FormBody'], request, delivery })
  const malformed = (comment: string, body: string | Uint8Array) =>
    refused('PAYLOAD_MALFORMED', {
      comment,
      flags: ['FormBody', 'Unparsable'],
      request: signForm(subject, body),
      authentic: true,
    })
  return [
    ...plainForms.map(([comment, body]) => taken(comment, signForm(subject, body))),
    taken('a form, its type in capitals', signForm(subject, 'a=1', formType.toUpperCase())),
    taken('a form that is called JSON', signForm(subject, 'a=1', 'application/json')),
    taken('a form of 1,000 fields', signForm(subject, fieldsOf(1_000))),
    malformed('a form of 1,001 fields', fieldsOf(1_001)),
    malformed('an empty form', ''),
    malformed('one word, sent as a form', 'word'),
    malformed('JSON that was cut off, sent as a form', '{"a":"b=c"'),
    malformed('a form that is not UTF-8', Uint8Array.from([0x61, 0x3d, 0xff])),
  ]
}

function fieldsOf(count: number): string {
  return Array.from({ length: count }, (_, index) => `f${index}=`).join('&')
}

function refusedForms(subject: Subject): readonly CaseDraft[] {
  return plainForms.map(([comment, body]) =>
    refused('PAYLOAD_MALFORMED', {
      comment: `${comment}, from a sender of JSON`,
      flags: ['FormBody', 'Unparsable'],
      request: signForm(subject, body),
      authentic: true,
    }),
  )
}

function nestedForms(subject: Subject, field: string): readonly CaseDraft[] {
  const encoded = encodeURIComponent(JSON.stringify(subject.payload))
  const malformed = (comment: string, body: string) =>
    refused('PAYLOAD_MALFORMED', {
      comment,
      flags: ['FormBody', 'Unparsable'],
      request: signForm(subject, body),
      authentic: true,
    })
  return [
    accepted(subject, {
      comment: 'a form that holds the JSON',
      flags: ['FormBody'],
      request: signForm(subject, `${field}=${encoded}`),
    }),
    accepted(subject, {
      comment: 'a form that holds the JSON and is called JSON',
      flags: ['FormBody', 'UnsignedContentType'],
      request: signForm(subject, `${field}=${encoded}`, 'application/json'),
    }),
    malformed('a form that holds broken JSON', `${field}=%7B`),
    malformed('a form that holds the JSON twice', `${field}=${encoded}&${field}=${encoded}`),
    malformed('a form that holds the JSON behind another field', `a=1&${field}=${encoded}`),
  ]
}

/** The delivery of a body that has none of the scheme's fields. */
function namesWithoutBody({ scheme, delivery }: Subject): Partial<VectorDelivery> {
  const inHeader = (source: object | undefined) => source !== undefined && 'header' in source
  return {
    id: inHeader(scheme.deliveryId) ? delivery.id : null,
    event: scheme.eventType?.value ?? (inHeader(scheme.eventType) ? delivery.event : null),
  }
}

/** A body of exactly 1 MiB, the default limit, as a recipe. */
export function largeBody(subject: Subject): CaseDraft {
  const [start = '', end = ''] = JSON.stringify({ ...subject.payload, pad: '#' }).split('#')
  const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64')
  const recipe: readonly RepeatedBytes[] = [
    { repeat: base64(start), times: 1 },
    { repeat: base64('a'), times: mebibyte - Buffer.byteLength(start) - Buffer.byteLength(end) },
    { repeat: base64(end), times: 1 },
  ]
  return accepted(subject, {
    comment: 'a body of 1 MiB',
    flags: ['LargeBody'],
    request: subject.sign({ body: vectorBody(recipe) }),
    recipe,
    delivery: { timestamp: subject.delivery.timestamp ?? (subject.scheme.timestamp ? sentAt : null) },
  })
}
