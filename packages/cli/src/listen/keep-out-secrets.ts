import type { SchemeDescriptor } from '@countersign/core'
import type { Capture } from '@countersign/diagnosis'

/** What tells something about the bytes and their way, and holds no secret. */
const plainHeaders = [
  'content-type',
  'content-length',
  'content-encoding',
  'transfer-encoding',
  'host',
  'user-agent',
  'date',
]

/** Not even where a scheme reads them. */
const secretHeaders = ['authorization', 'proxy-authorization', 'cookie', 'set-cookie']

const secretParameters = /^(.*[_-])?(token|secret|key|apikey|password|auth)$/i

/** The headers a saved capture has: those that the scheme reads and a few plain ones, but none that carries a secret. */
export function headersToKeep(scheme: SchemeDescriptor): readonly string[] {
  const { signature, timestamp, deliveryId, eventType, identity, attributes = {} } = scheme
  const isSecret = signature.algorithm === 'token' || signature.algorithm === 'basic'
  const read: readonly unknown[] = [
    isSecret ? undefined : signature,
    timestamp,
    deliveryId,
    eventType,
    identity,
    ...Object.values(attributes),
  ]
  const names = read.flatMap((source) =>
    typeof source === 'object' && source !== null && 'header' in source ? [String(source.header)] : [],
  )
  const token = signature.algorithm === 'token' ? signature.header?.toLowerCase() : undefined
  return [...plainHeaders, ...names.map((name) => name.toLowerCase())].filter(
    (name) => name !== token && !secretHeaders.includes(name),
  )
}

/** The capture without what its URL carries as a secret; the parameter's name stays. */
export function withoutSecretsInUrl(
  capture: Capture,
  { signature, signedContent }: SchemeDescriptor,
): Capture {
  const parameter = signature.algorithm === 'token' ? signature.query : undefined
  // Where the URL is signed, it must stay as it is.
  const isSigned = signedContent?.includes('{url}') === true
  const [path = '', query] = splitOnce(capture.url, '?')
  if (query === undefined) return capture
  const kept = query.split('&').map((pair) => {
    const [name = ''] = splitOnce(pair, '=')
    const decoded = decode(name)
    const isSecret = decoded === parameter || (!isSigned && secretParameters.test(decoded))
    return isSecret ? `${name}=withheld` : pair
  })
  const url = `${path}?${kept.join('&')}`
  return url === capture.url ? capture : { ...capture, url, notes: [...capture.notes, 'withheld-secret'] }
}

function splitOnce(text: string, separator: string): readonly [string, string | undefined] {
  const at = text.indexOf(separator)
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}
