import type { SchemeDescriptor } from '@countersign/core'
import { describeTime } from '../../recompute/read-moment.js'
import type { FoundTime } from '../../recompute/types.js'
import { type AdviceFacts, type Causes, defineCauses } from './cause.js'

const notation = ({ match }: AdviceFacts) =>
  JSON.stringify(match?.match.template.template.signedContent ?? '{timestamp}.{body}')
const set = (what: string) => (facts: AdviceFacts) => `${what} Set signedContent to ${notation(facts)}.`

const templateCauses = defineCauses('template', {
  'tmpl.separator': set('The parts of the signed content are joined by a different separator.'),
  'tmpl.id-missing': set('One side includes the delivery id in the signed content, and the other does not.'),
  'tmpl.timestamp-missing': set('The sender also signs the timestamp.'),
  'tmpl.timestamp-unsigned': set('The sender does not sign the timestamp, so it proves nothing.'),
  'tmpl.timestamp-header': ({ match, ...facts }) =>
    `The signed timestamp is in a different header${headerOf(match?.match.template.template.time?.source)} from the one the scheme reads. Set timestamp.header to that header${facts.detail ? ` (${facts.detail})` : ''}.`,
  'tmpl.timestamp-form': ({ match }) =>
    `The sender signs the timestamp in a different format from the one it sends${formsOf(match?.match.template.template.time)}. A receiver replaces {timestamp} with the text of the header, so ask the sender to sign that text.`,
  'tmpl.id-header': ({ match }) =>
    `The signed id is in a different header${headerOf(match?.match.template.template.id?.source)} from the one the scheme reads. Set deliveryId.header to that header.`,
  'tmpl.url': (facts) =>
    facts.match?.match.template.template.url === undefined
      ? set('One side includes the URL in the signed content, and the other does not.')(facts)
      : 'The sender signs the URL in a different spelling (https or http, host, port, trailing slash, query). Set url to the public URL exactly as you registered it with the sender; behind a proxy the request shows a different URL.',
  'tmpl.method': set('One side includes the HTTP method in the signed content, and the other does not.'),
  'tmpl.order': set('The parts of the signed content are in a different order.'),
  'tmpl.version': set('The version in the signed content is different.'),
  'tmpl.body-digest': set(
    "The signed content contains the body's SHA-256 instead of the body, or the reverse.",
  ),
  'tmpl.form-parameters':
    'The sender signs the sorted names and values of the form, joined together, instead of the body. Build the signed content in that way before you verify.',
  'tmpl.body-not-covered':
    'The signature does not cover the body: it matches any body and proves nothing about it. Ask the sender for a signature over the body.',
  'tmpl.unsubstituted':
    'The signed content or the headers contain an unreplaced template placeholder. Replace it with its value at the sender.',
})

const timeCauses = defineCauses('time', {
  'time.too-old': ({ ageSeconds, tolerance }) =>
    `The signature is correct. The delivery is ${inWords(ageSeconds)} old, and ${tolerance?.past ?? 300} s are allowed. Likely reasons: a replayed capture (use --now), a slow queue, a sender whose retries repeat the first timestamp, or a local clock that is fast.`,
  'time.too-new': ({ ageSeconds = 0, tolerance }) =>
    `The signature is correct. Its timestamp is ${inWords(ageSeconds)} in the future, and ${tolerance?.future ?? 300} s are allowed: ${isZone(ageSeconds) ? 'that is a time zone offset, as when one side writes local time as UTC' : 'synchronize the local clock with NTP, or have the sender fix its clock'}.`,
  'time.ms-as-seconds':
    "The signature is correct. Its timestamp is in milliseconds but is read as seconds: set timestamp.unit to 'ms'.",
  'time.seconds-as-ms':
    "The signature is correct. Its timestamp is in seconds but is read as milliseconds: set timestamp.unit to 's', or compare with Math.floor(Date.now() / 1000).",
  'time.finer-unit':
    'The signature is correct. Its timestamp is in microseconds or nanoseconds, which schemes do not support: ask the sender for seconds or milliseconds.',
  'time.text-as-number': ({ detail }) =>
    detail === undefined
      ? "The signature is correct. Its timestamp is a date but is read as a number: set timestamp.unit to 'iso8601'."
      : `The signature is correct. Its timestamp ${detail}, which schemes do not support: ask the sender for seconds since 1970, or for ISO 8601 such as 2026-01-01T00:00:00Z.`,
  'time.number-as-text':
    "The signature is correct. Its timestamp is a number but is read as ISO 8601: set timestamp.unit to 's' or 'ms'.",
  'time.not-iso':
    'The signature is correct. Its timestamp is a date, but not ISO 8601 with seconds and zone: ask the sender for a format such as 2026-01-01T00:00:00Z.',
  'time.fraction':
    'The signature is correct. Its timestamp has a fraction, but only digits are allowed: ask the sender for whole seconds.',
  'time.blanks':
    'The signature is correct. There is white space around its timestamp: remove it where the header is written.',
  'time.malformed': ({ match, detail = 'is in another form', scheme: { timestamp } }) =>
    `${match ? 'The signature is correct, but its timestamp' : 'The timestamp in the header'} ${detail}. The scheme expects ${wantedForm(timestamp)}, so the request is refused whatever its signature. Ask the sender for that format, or find what rewrites the header.`,
  'time.rewritten': ({ match, scheme: { timestamp } }) =>
    `The sender signed ${wantedForm(timestamp)}, but the timestamp header ${describeTime(match?.match.template.template.time?.stated ?? '')}: a proxy or framework rewrote it. Configure it to leave the header unchanged.`,
  'time.unreadable': ({ detail = 'is not a time' }) =>
    `The signature is correct, but its timestamp ${detail}. Check what the sender writes there.`,
  'time.missing': ({ detail }) =>
    `The signed timestamp is missing${detail ? ` (${detail})` : ''}. Check whether a proxy drops the header, or whether the sender puts it elsewhere.`,
  'time.in-body':
    'The timestamp is in the body, not in a header. If the sender signs only the body, read the timestamp from it: timestamp: { json: ... }.',
})

const forms = {
  s: 'a number of seconds',
  ms: 'a number of milliseconds',
  iso8601: 'ISO 8601 with seconds and zone',
}

function wantedForm(timestamp: SchemeDescriptor['timestamp']): string {
  return timestamp ? forms[timestamp.unit] : 'a time'
}

/** Two times in the same format differ by rounding, or one was taken later. */
function formsOf(time: FoundTime | undefined): string {
  if (time?.stated === undefined) return ''
  const [signed, sent] = [describeTime(time.text), describeTime(time.stated)]
  return signed === sent
    ? ' (a different moment or different rounding)'
    : ` (the signed value ${signed}; the sent value ${sent})`
}

export const contentCauses: Causes = { ...templateCauses, ...timeCauses }

function headerOf(source: object | undefined): string {
  return source && 'header' in source ? ` ("${String(source.header)}")` : ''
}

function inWords(seconds = 0): string {
  const size = Math.abs(seconds)
  if (size < 600) return `${Math.round(size)} s`
  if (size < 7_200) return `${Math.round(size / 60)} minutes`
  if (size < 172_800) return `${Math.round(size / 3_600)} hours`
  const days = Math.round(size / 86_400)
  return days < 100_000 ? `${days} days` : 'thousands of years'
}

/** In the future by whole or half hours. In the past, it may equally be a late delivery. */
function isZone(ageSeconds: number): boolean {
  const rest = Math.abs(ageSeconds) % 1_800
  return (
    Math.abs(ageSeconds) > 900 && Math.abs(ageSeconds) <= 14 * 3_600 && Math.min(rest, 1_800 - rest) <= 60
  )
}
