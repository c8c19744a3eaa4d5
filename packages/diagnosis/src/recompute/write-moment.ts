import { readMoment } from './read-moment.js'

/** The same moment as other senders write it, likeliest first: a signed time is not always written as it is sent. */
export function momentForms(text: string): readonly string[] {
  const moment = readMoment(text)
  if (!moment) return []
  const { ms } = moment
  const seconds = Math.floor(ms / 1000)
  const forms = [
    ...[seconds, Math.floor(ms), seconds * 1000].map(String),
    ...[ms, seconds * 1000].flatMap(isoForms),
    ...floatForms(ms),
    ...wordForms(ms),
    // Rounded otherwise, or taken from the clock twice.
    ...[Math.round(ms / 1000), seconds + 1, seconds - 1].map(String),
    ...['000', '000000'].flatMap((zeros) => [`${Math.floor(ms)}${zeros}`, `${seconds}000${zeros}`]),
    ...[seconds, Math.floor(ms)].flatMap((value) => [value.toString(16), `0x${value.toString(16)}`]),
  ]
  return [...new Set(forms)].filter((form) => form !== text)
}

/** Those with milliseconds that the text does not state: each of a second's, before and after rounding. */
export function* finerForms(text: string): Generator<string> {
  const moment = readMoment(text)
  if (!moment || moment.ms % 1000 !== 0) return
  for (const second of [moment.ms, moment.ms - 1000]) {
    for (let ms = second + 1; ms < second + 1000; ms++) {
      const iso = new Date(ms).toISOString()
      yield String(ms)
      yield iso
      yield iso.replace('Z', '+00:00')
      yield (ms / 1000).toFixed(3)
      if (ms % 10 === 0) yield String(ms / 1000)
    }
  }
}

function isoForms(ms: number): readonly string[] {
  if (Math.abs(ms) > 8.64e15) return []
  const iso = new Date(ms).toISOString()
  const micros = iso.replace('Z', `${String(Math.floor((ms % 1) * 1000)).padStart(3, '0')}Z`)
  return [iso, iso.replace(/\.\d+Z/, 'Z'), micros].flatMap((form) => [
    form,
    form.replace('Z', '+00:00'),
    form.replace('Z', '+0000'),
    form.replace('Z', ''),
    form.replace('T', ' ').replace('Z', ''),
    form.replace('T', ' ').replace('Z', '+00:00'),
    form.replace('T', ' ').replace('Z', ' UTC'),
    form.replace('T', ' '),
    form.replace(/[-:]|\.\d+/g, ''),
    form.slice(0, 10),
  ])
}

function floatForms(ms: number): readonly string[] {
  const seconds = ms / 1000
  return [String(seconds), ...[1, 2, 3, 6].map((digits) => seconds.toFixed(digits)), `${Math.floor(ms)}.0`]
}

/** RFC 1123, as `Date` headers have it; the same with a numeric zone, as mails have it (RFC 5322). */
function wordForms(ms: number): readonly string[] {
  if (Math.abs(ms) > 8.64e15) return []
  const words = new Date(ms).toUTCString()
  return [words, words.replace('GMT', '+0000'), words.replace('GMT', 'UTC'), words.replace(/ 0(\d) /, ' $1 ')]
}
