import type { Proof, SchemeDescriptor, SecretValue } from '@countersign/core'
import type { Capture } from '../captures/capture.js'
import { nameScheme } from './name-scheme.js'

/** Words that introduce a token, as `Bearer `; anything longer is rather a value with the secret in it. */
const introduction = /^([A-Za-z][\w-]{0,20}[ =:]\s?){0,2}$/

/** Schemes of a sender that repeats the secret as it is: in a header, in the URL's query, or as Basic credentials. */
export function tokenSchemes(capture: Capture, secret: SecretValue): readonly SchemeDescriptor[] {
  const bytes = bytesOf(secret)
  if (bytes.length === 0) return []
  const inHeaders = capture.headers.flatMap(([name, value]) => headerProofs(name, value, bytes))
  const inQuery = [...queryOf(capture.url)].flatMap(([name, value]): Proof[] =>
    Buffer.from(value, 'utf8').equals(bytes) ? [{ algorithm: 'token', query: name }] : [],
  )
  return [...inHeaders, ...inQuery].map((signature) => ({
    name: nameScheme('header' in signature ? signature.header : undefined),
    signature,
  }))
}

/** Whether the secret is only the password, or only the user's name, of the credentials that came. */
export function isHalfOfCredentials({ headers }: Capture, secret: SecretValue): boolean {
  const credentials = headers.map(([name, value]) => credentialsIn(name, value)).find(Boolean)
  const colon = credentials?.indexOf(0x3a) ?? -1
  if (!credentials || colon < 0) return false
  const bytes = bytesOf(secret)
  return [credentials.subarray(0, colon), credentials.subarray(colon + 1)].some((half) => half.equals(bytes))
}

function headerProofs(header: string, value: string, secret: Buffer): readonly Proof[] {
  if (credentialsIn(header, value)?.equals(secret)) return [{ algorithm: 'basic' }]
  const text = secret.toString('latin1')
  const prefix = value.slice(0, Math.max(0, value.length - text.length))
  if (!value.endsWith(text) || !introduction.test(prefix)) return []
  return [{ algorithm: 'token', header, ...(prefix !== '' && { prefix }) }]
}

function credentialsIn(header: string, value: string): Buffer | undefined {
  const encoded = header.toLowerCase() === 'authorization' ? /^basic ([^ ]+)$/i.exec(value)?.[1] : undefined
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64')
}

function bytesOf(secret: SecretValue): Buffer {
  if (typeof secret === 'string') return Buffer.from(secret, 'utf8')
  if (secret instanceof Uint8Array) return Buffer.from(secret)
  return Buffer.from(`${secret.username ?? ''}:${secret.password ?? ''}`, 'utf8')
}

function queryOf(url: string): URLSearchParams {
  const start = url.indexOf('?')
  return new URLSearchParams(start < 0 ? '' : url.slice(start + 1).replace(/#.*$/s, ''))
}
