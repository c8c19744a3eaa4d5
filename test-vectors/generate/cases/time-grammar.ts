import { sentAt } from '../subject.js'

/** A text that is not a valid time. */
interface WrongTime {
  readonly comment: string
  readonly text: string
  /** HTTP parsers strip the wrong part if the time is the whole value of a header. */
  readonly trimmed?: boolean
}

/** A text that is a valid time, and its value. */
interface RightTime {
  readonly comment: string
  readonly text: string
  readonly verdict: 'now' | 'old' | 'new'
  /** Milliseconds since the epoch, if it is not the usual time. */
  readonly time?: number
}

export interface TimeGrammar {
  readonly wrong: readonly WrongTime[]
  readonly right: readonly RightTime[]
}

/** Seconds or milliseconds in decimal digits: `0`, or up to 15 digits that do not begin with 0. */
export function unixGrammar(unit: 's' | 'ms'): TimeGrammar {
  const digits = String(unit === 's' ? sentAt / 1_000 : sentAt)
  const arabic = digits.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit)))
  return {
    wrong: [
      { comment: 'letters behind the digits', text: `${digits}abc` },
      { comment: 'letters before the digits', text: `abc${digits}` },
      { comment: 'a blank before the digits', text: ` ${digits}`, trimmed: true },
      { comment: 'a blank behind the digits', text: `${digits} `, trimmed: true },
      { comment: 'a tab before the digits', text: `\t${digits}`, trimmed: true },
      { comment: 'a blank inside the digits', text: `${digits.slice(0, 4)} ${digits.slice(4)}` },
      { comment: 'a line feed behind the digits', text: `${digits}\n`, trimmed: true },
      { comment: 'a plus sign', text: `+${digits}` },
      { comment: 'a minus sign', text: `-${digits}` },
      { comment: 'a minus sign before zero', text: '-0' },
      { comment: 'a zero before the digits', text: `0${digits}` },
      { comment: 'two zeros', text: '00' },
      { comment: 'an exponent', text: '1e3' },
      { comment: 'an exponent that gives the right time', text: `${digits}e0` },
      { comment: 'hex', text: `0x${BigInt(digits).toString(16)}` },
      { comment: 'a short number in hex', text: '0x7b' },
      { comment: 'octal', text: '0o17' },
      { comment: 'a fraction', text: `${digits}.5` },
      { comment: 'a fraction of zero', text: `${digits}.0` },
      { comment: 'a stop behind the digits', text: `${digits}.` },
      { comment: 'an underscore between the digits', text: `${digits.slice(0, 4)}_${digits.slice(4)}` },
      { comment: 'Arabic digits', text: arabic },
      {
        comment: 'full-width digits',
        text: digits.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit))),
      },
      { comment: '16 digits', text: '1'.repeat(16) },
      { comment: '20 digits', text: '1'.repeat(20) },
      { comment: '400 digits', text: '1'.repeat(400) },
      { comment: 'NaN', text: 'NaN' },
      { comment: 'Infinity', text: 'Infinity' },
      { comment: 'null', text: 'null' },
      { comment: 'true', text: 'true' },
      { comment: 'an ISO 8601 time', text: new Date(sentAt).toISOString() },
      { comment: 'an HTTP date without its comma', text: 'Tue 17 Mar 2026 09:00:00 GMT' },
      { comment: 'two times with a stop between', text: `${digits}.${digits}` },
    ],
    right: [
      { comment: 'the beginning of the epoch', text: '0', verdict: 'old' },
      { comment: 'a second or millisecond after it', text: '1', verdict: 'old' },
      { comment: '15 digits', text: '9'.repeat(15), verdict: 'new' },
      unit === 's'
        ? { comment: 'milliseconds where seconds belong', text: String(sentAt), verdict: 'new' }
        : { comment: 'seconds where milliseconds belong', text: String(sentAt / 1_000), verdict: 'old' },
    ],
  }
}

/** A date, `T`, a time with seconds, an optional fraction, and a zone, in capitals. */
export const isoGrammar: TimeGrammar = {
  wrong: [
    { comment: 'no zone', text: '2026-03-17T09:00:00' },
    { comment: 'a date alone', text: '2026-03-17' },
    { comment: 'no seconds', text: '2026-03-17T09:00Z' },
    { comment: 'a blank for the T', text: '2026-03-17 09:00:00Z' },
    { comment: 'small letters', text: '2026-03-17t09:00:00z' },
    { comment: 'a blank before the time', text: ' 2026-03-17T09:00:00Z', trimmed: true },
    { comment: 'a blank behind the time', text: '2026-03-17T09:00:00Z ', trimmed: true },
    { comment: 'a line feed behind the time', text: '2026-03-17T09:00:00Z\n', trimmed: true },
    { comment: 'text behind the time', text: '2026-03-17T09:00:00Zabc' },
    { comment: 'a year of two digits', text: '26-03-17T09:00:00Z' },
    { comment: 'a year of six digits', text: '+002026-03-17T09:00:00Z' },
    { comment: 'a month of one digit', text: '2026-3-17T09:00:00Z' },
    { comment: 'the basic form', text: '20260317T090000Z' },
    { comment: 'a zone without its colon', text: '2026-03-17T09:00:00+0000' },
    { comment: 'a zone of hours alone', text: '2026-03-17T09:00:00+00' },
    { comment: 'a zone by name', text: '2026-03-17T09:00:00UTC' },
    { comment: 'a fraction without digits', text: '2026-03-17T09:00:00.Z' },
    { comment: 'a fraction of ten digits', text: '2026-03-17T09:00:00.0000000000Z' },
    { comment: 'slashes in the date', text: '2026/03/17T09:00:00Z' },
    { comment: 'the 30th of February', text: '2026-02-30T09:00:00Z' },
    { comment: 'the 29th of February of a year without one', text: '2026-02-29T09:00:00Z' },
    { comment: 'the 13th month', text: '2026-13-17T09:00:00Z' },
    { comment: 'the day 0', text: '2026-03-00T09:00:00Z' },
    { comment: 'the 25th hour', text: '2026-03-17T25:00:00Z' },
    { comment: 'the 60th minute', text: '2026-03-17T09:60:00Z' },
    { comment: 'the 61st second', text: '2026-03-17T09:00:61Z' },
    { comment: 'Arabic digits', text: '٢٠٢٦-٠٣-١٧T٠٩:٠٠:٠٠Z' },
    { comment: 'seconds since the epoch', text: '1773738000' },
    { comment: 'an HTTP date without its comma', text: 'Tue 17 Mar 2026 09:00:00 GMT' },
    { comment: 'now', text: 'now' },
  ],
  right: [
    { comment: 'milliseconds', text: '2026-03-17T09:00:00.000Z', verdict: 'now' },
    {
      comment: 'one digit of a fraction',
      text: '2026-03-17T09:00:00.5Z',
      verdict: 'now',
      time: sentAt + 500,
    },
    { comment: 'nanoseconds', text: '2026-03-17T09:00:00.999999999Z', verdict: 'now', time: sentAt + 999 },
    { comment: 'a zone east of Greenwich', text: '2026-03-17T10:00:00+01:00', verdict: 'now' },
    { comment: 'a zone west of Greenwich', text: '2026-03-17T03:30:00-05:30', verdict: 'now' },
    { comment: 'the same clock in another zone', text: '2026-03-17T09:00:00-05:00', verdict: 'new' },
    { comment: 'the beginning of the epoch', text: '1970-01-01T00:00:00Z', verdict: 'old' },
    { comment: 'the year 9999', text: '9999-12-31T23:59:59Z', verdict: 'new' },
  ],
}
