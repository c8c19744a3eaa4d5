import type { SchemeDescriptor } from '@countersign/core'
import { describeTime } from '../../recompute/read-moment.js'
import type { FoundTime } from '../../recompute/types.js'
import { type AdviceFacts, type Causes, causesOf } from './cause.js'

const notation = ({ match }: AdviceFacts) =>
  JSON.stringify(match?.match.template.template.signedContent ?? '{timestamp}.{body}')
const set = (what: string) => (facts: AdviceFacts) => `${what} Set signedContent to ${notation(facts)}.`

const templateCauses = causesOf('template', {
  'tmpl.separator': set('Another separator stands between the parts of the signed content.'),
  'tmpl.id-missing': set(
    'The delivery id is part of what one side signs and not of what the other verifies.',
  ),
  'tmpl.timestamp-missing': set('The sender signs the time too.'),
  'tmpl.timestamp-unsigned': set('The sender does not sign the time, which then proves nothing.'),
  'tmpl.timestamp-header': ({ match, ...facts }) =>
    `The signed time stands in another header${headerOf(match?.match.template.template.time?.source)} than the scheme reads. Set timestamp.header to it${facts.detail ? ` (${facts.detail})` : ''}.`,
  'tmpl.timestamp-form': ({ match }) =>
    `The sender signs the time in another form than it sends it${formsOf(match?.match.template.template.time)}. A receiver fills {timestamp} with the text of the header, so ask the sender to sign that text.`,
  'tmpl.id-header': ({ match }) =>
    `The signed id stands in another header${headerOf(match?.match.template.template.id?.source)} than the scheme reads. Set deliveryId.header to it.`,
  'tmpl.url': (facts) =>
    facts.match?.match.template.template.url === undefined
      ? set('The URL is part of what one side signs and not of what the other verifies.')(facts)
      : 'The sender signs the URL in another spelling (https or http, host, port, slash at the end, query). Set url to the public URL as the sender was given it; behind a proxy the request shows another.',
  'tmpl.method': set(
    "The request's method is part of what one side signs and not of what the other verifies.",
  ),
  'tmpl.order': set('The parts of the signed content stand in another order.'),
  'tmpl.version': set('The version before the signed content is another.'),
  'tmpl.body-digest': set(
    "The body's SHA-256 stands in the signed content in place of the body, or the other way round.",
  ),
  'tmpl.form-parameters':
    'The sender signs the sorted names and values of the form, one after the other, in place of the body. Build the signed content so before verifying.',
  'tmpl.body-not-covered':
    'The signature covers no byte of the body: it matches whatever the body says, and proves nothing of it. Ask the sender for one that does.',
  'tmpl.unsubstituted':
    'A placeholder of a template stands in the signed content or the headers where a value should be. Fill it in at the sender.',
})

const timeCauses = causesOf('time', {
  'time.too-old': ({ ageSeconds, tolerance }) =>
    `The signature is correct. The delivery is ${inWords(ageSeconds)} old, and ${tolerance?.past ?? 300} s are allowed: a replayed capture (use --now), a slow queue, a sender that repeats its first time, or a clock that is ahead here.`,
  'time.too-new': ({ ageSeconds = 0, tolerance }) =>
    `The signature is correct. Its time lies ${inWords(ageSeconds)} ahead, and ${tolerance?.future ?? 300} s are allowed: ${isZone(ageSeconds) ? 'that is a whole offset between time zones, as when one side writes local time as UTC' : "set the clock here by NTP, or the sender's"}.`,
  'time.ms-as-seconds':
    "The signature is correct. Its time is in milliseconds and is read as seconds: set timestamp.unit to 'ms'.",
  'time.seconds-as-ms':
    "The signature is correct. Its time is in seconds and is read as milliseconds: set timestamp.unit to 's', or compare with Math.floor(Date.now() / 1000).",
  'time.finer-unit':
    'The signature is correct. Its time is in microseconds or nanoseconds, which no scheme here can name: ask the sender for seconds or milliseconds.',
  'time.text-as-number': ({ detail }) =>
    detail === undefined
      ? "The signature is correct. Its time is a date and is read as a number: set timestamp.unit to 'iso8601'."
      : `The signature is correct. Its time ${detail}, which no scheme can name: ask the sender for seconds since 1970, or for ISO 8601 as 2026-01-01T00:00:00Z.`,
  'time.number-as-text':
    "The signature is correct. Its time is a number and is read as ISO 8601: set timestamp.unit to 's' or 'ms'.",
  'time.not-iso':
    'The signature is correct. Its time is a date, but not ISO 8601 with seconds and zone, as 2026-01-01T00:00:00Z: ask the sender for that.',
  'time.fraction':
    'The signature is correct. Its time has a fraction, where plain digits are read: ask the sender for whole seconds.',
  'time.blanks':
    'The signature is correct. There are blanks around its time: take them off where the header is written.',
  'time.malformed': ({ match, detail = 'is in another form', scheme: { timestamp } }) =>
    `${match ? 'The signature is correct, but its time' : 'The time in the header'} ${detail}, where ${wantedForm(timestamp)} is read, so the request is refused whatever its signature. Ask the sender for that form, or find what rewrites the header.`,
  'time.rewritten': ({ match, scheme: { timestamp } }) =>
    `The signature is that of ${wantedForm(timestamp)}, and the header of the time ${describeTime(match?.match.template.template.time?.stated ?? '')}: something on its way rewrote it. Have it send the header on unchanged.`,
  'time.unreadable': ({ detail = 'is no time' }) =>
    `The signature is correct, but what stands in the place of its time ${detail}. Look at what the sender writes there.`,
  'time.missing': ({ detail }) =>
    `The time that is signed is missing${detail ? ` (${detail})` : ''}. Does a proxy drop the header, or does the sender have it elsewhere?`,
  'time.in-body':
    'No header states a time, and the body does. If the sender signs the body alone, read the time there: timestamp: { json: ... }.',
})

const forms = {
  s: 'a number of seconds',
  ms: 'a number of milliseconds',
  iso8601: 'ISO 8601 with seconds and zone',
}

function wantedForm(timestamp: SchemeDescriptor['timestamp']): string {
  return timestamp ? forms[timestamp.unit] : 'a time'
}

/** Of times that are written alike, one is rounded otherwise or taken later. */
function formsOf(time: FoundTime | undefined): string {
  if (time?.stated === undefined) return ''
  const [signed, sent] = [describeTime(time.text), describeTime(time.stated)]
  return signed === sent
    ? ' (another moment or another rounding)'
    : ` (what is signed ${signed}; what is sent ${sent})`
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

/** Ahead by whole or half hours. Behind, it may as well be a late delivery. */
function isZone(ageSeconds: number): boolean {
  const rest = Math.abs(ageSeconds) % 1_800
  return (
    Math.abs(ageSeconds) > 900 && Math.abs(ageSeconds) <= 14 * 3_600 && Math.min(rest, 1_800 - rest) <= 60
  )
}
