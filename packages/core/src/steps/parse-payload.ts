import { decodeForm, maxFormFields } from '../encoding/form.js'
import { readQueryText } from '../encoding/parse-query.js'
import { decodeUtf8 } from '../encoding/utf8.js'
import { WebhookVerificationError } from '../errors.js'
import type { CompiledScheme } from '../schemes/compile-scheme.js'
import type { SchemeDescriptor } from '../schemes/scheme-descriptor.js'
import type { VerificationSettings } from '../settings/verification-settings.js'
import type { SignedDelivery } from './verify-signature.js'

/** A parsed payload. How it was parsed is part of the key: the same id read in two formats is not the same delivery. */
export interface ParsedPayload {
  readonly value: unknown
  readonly reading: 'json' | 'form' | 'query' | 'bytes' | 'verifier'
}

/**
 * Parses the payload. Only the scheme and the signed bytes decide how: if the unsigned content type or method did, an attacker
 * could give signed bytes another meaning. The parameter's type ensures that the bytes are verified.
 *
 * @param source.content the signed body, decompressed where its sender compresses
 * @param source.url read only with `payload: 'query-or-body'`, where nothing is signed, and only when the body is empty
 * @returns undefined with `parse: false`, unless the time to check is in the body
 */
export function parsePayload(
  { proved }: SignedDelivery,
  { content, url }: { readonly content: Uint8Array; readonly url: string },
  { scheme, parse }: VerificationSettings,
): ParsedPayload | undefined {
  const { payload, descriptor } = scheme
  if (!parse && !scheme.timeIsInBody) return undefined
  if (proved?.payload !== undefined) return { value: proved.payload, reading: 'verifier' }
  if (payload === 'bytes') return { value: content, reading: 'bytes' }
  if (payload === 'query-or-body' && content.length === 0) return readQuery(url, descriptor)
  const text = decodeUtf8(content)
  if (text === undefined) return refuse('The body is not UTF-8')
  if (payload === 'form') return readForm(text, descriptor)
  const value = parseJson(text)
  if (value === undefined && mayBeForm(text, scheme)) return readForm(text, descriptor)
  if (value === undefined) return refuse('The body is not JSON')
  // Signed text directly before the body ends at the body's first bracket.
  if (scheme.template.needsBracket && !startsWithBracket(text))
    return refuse('The body is not a JSON object or array')
  return { value, reading: 'json' }
}

/** No JSON text has the value undefined. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The parser's own error quotes the body, so it is not passed on as the cause.
    return undefined
  }
}

/** Truncated or invalid JSON must not be parsed as a form with a strange field name. */
function mayBeForm(text: string, { payload, descriptor }: CompiledScheme): boolean {
  if (payload === 'json') return startsWithField(text, descriptor.formJsonField)
  return text.includes('=') && !startsWithBracket(text.trimStart())
}

function startsWithBracket(text: string): boolean {
  return text.startsWith('{') || text.startsWith('[')
}

function startsWithField(text: string, name: string | undefined): boolean {
  return name !== undefined && text.startsWith(`${name}=`)
}

function readForm(text: string, { formJsonField }: SchemeDescriptor): ParsedPayload {
  const fields = decodeForm(text) ?? refuseManyFields()
  if (formJsonField === undefined || !Object.hasOwn(fields, formJsonField))
    return { value: fields, reading: 'form' }
  const json = fields[formJsonField]
  if (typeof json !== 'string' || !startsWithField(text, formJsonField))
    return refuse(`The form's field "${formJsonField}" is not the first one, or is repeated`)
  const value = parseJson(json)
  return value === undefined
    ? refuse(`The form's field "${formJsonField}" is not JSON`)
    : { value, reading: 'form' }
}

function readQuery(url: string, { signature }: SchemeDescriptor): ParsedPayload {
  const fields = decodeForm(readQueryText(url)) ?? refuseManyFields()
  if (signature.algorithm === 'token' && signature.query !== undefined) delete fields[signature.query]
  return Object.keys(fields).length === 0
    ? refuse('The body is empty, and the URL holds no field but the token')
    : { value: fields, reading: 'query' }
}

function refuseManyFields(): never {
  return refuse(`There are more than ${maxFormFields} form fields`)
}

function refuse(problem: string): never {
  throw new WebhookVerificationError('ERR_WEBHOOK_PAYLOAD_MALFORMED', `${problem}.`, { authentic: true })
}
