import type { HmacProof, PairsForm, SchemeDescriptor } from '@countersign/core'
import type { Capture } from '../captures/capture.js'
import type { BodyPart, ContentTemplate, FoundId, FoundTime } from './types.js'

type Placeholder = 'timestamp' | 'id' | 'method' | 'url'

const bodyPlaceholder = /\{(body|bodySha256Hex|bodySha256Base64)\}/

/**
 * The signed content a scheme describes, filled from a capture: one, or one for each reading where a header with a
 * time or an id came more than once. What is missing is empty text.
 *
 * @param times what stands for `{timestamp}`; default: what the scheme reads
 */
export function templatesOf(
  scheme: SchemeDescriptor,
  capture: Capture,
  times: readonly (FoundTime | undefined)[] = timesOf(scheme, capture),
): readonly ContentTemplate[] {
  const { signedContent = '{body}', url } = scheme
  const [head = '', bodyPart = 'body', tail = ''] = signedContent.split(bodyPlaceholder)
  return times.flatMap((time) =>
    idsOf(scheme, capture).map((id): ContentTemplate => {
      const values = { timestamp: time?.text, id: id?.text, method: capture.method, url: urlBytes(url) }
      return {
        signedContent,
        before: fill(head, values),
        bodyPart: bodyPart as BodyPart,
        after: fill(tail, values),
        time,
        id,
        url: signedContent.includes('{url}') ? url : undefined,
      }
    }),
  )
}

function fill(text: string, values: Readonly<Record<Placeholder, string | undefined>>): Buffer {
  const pieces = text.split(/\{(timestamp|id|method|url)\}/)
  const filled = pieces.map((piece, index) =>
    index % 2 === 0 ? Buffer.from(piece, 'utf8') : Buffer.from(values[piece as Placeholder] ?? '', 'latin1'),
  )
  return Buffer.concat(filled)
}

/** Headers hold one character a byte; a configured URL is text. */
function urlBytes(url: string | undefined): string | undefined {
  return url === undefined ? undefined : Buffer.from(url, 'utf8').toString('latin1')
}

/** The times that a capture states where the scheme reads one; `[undefined]`: none. */
export function timesOf(
  { signature, timestamp }: SchemeDescriptor,
  capture: Capture,
): readonly (FoundTime | undefined)[] {
  if (!timestamp || !('header' in timestamp)) return [undefined]
  const { pairs, list }: Partial<HmacProof> = 'encoding' in signature ? signature : {}
  const { key, position } = timestamp
  const texts = valuesOf(timestamp.header, capture).flatMap((value) => {
    if (key !== undefined) return pairTexts(value, pairs, key)
    return position === undefined
      ? [value]
      : value.split(list?.separator ?? ',').slice(position, position + 1)
  })
  return texts.length === 0 ? [undefined] : texts.map((text) => ({ text, source: timestamp }))
}

function idsOf({ deliveryId }: SchemeDescriptor, capture: Capture): readonly (FoundId | undefined)[] {
  if (!deliveryId || !('header' in deliveryId)) return [undefined]
  const texts = valuesOf(deliveryId.header, capture)
  return texts.length === 0 ? [undefined] : texts.map((text) => ({ text, source: deliveryId }))
}

function valuesOf(header: string, { headers }: Capture): readonly string[] {
  return headers.flatMap(([name, value]) => (name.toLowerCase() === header.toLowerCase() ? [value] : []))
}

function pairTexts(value: string, pairs: PairsForm | undefined, key: string): readonly string[] {
  const separator = pairs?.separator ?? ','
  const groups = pairs?.groups ? value.split(pairs.groups.separator) : [value]
  const texts = groups.flatMap((group) => textsOf(group, separator, key))
  // Each group states the time.
  return pairs?.groups ? [...new Set(texts)] : texts
}

/** A date in words holds the separator itself: then the value goes on until another name follows. */
function textsOf(group: string, separator: string, key: string): readonly string[] {
  const parts = group.split(separator)
  const starts = parts.flatMap((part, index) => (part.startsWith(`${key}=`) ? [index] : []))
  return starts.flatMap((start) => {
    const rest = parts.slice(start + 1)
    const next = rest.findIndex((part) => /^ *[A-Za-z][\w.-]*=/.test(part))
    const whole = [parts[start], ...rest.slice(0, next < 0 ? rest.length : next)].join(separator)
    const texts = [parts[start] ?? '', whole].map((text) => text.slice(key.length + 1))
    return [...new Set(texts)]
  })
}
