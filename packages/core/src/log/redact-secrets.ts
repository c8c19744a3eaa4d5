import { encodeBase64 } from '../encoding/base64.js'
import { encodeHex } from '../encoding/hex.js'
import { decodeUtf8 } from '../encoding/utf8.js'
import type { PreparedSecret } from '../secrets/prepare-secrets.js'

/** What a log line must not contain. */
export interface Sensitive {
  readonly secrets: readonly PreparedSecret[]
  readonly rawBody?: Uint8Array | undefined
}

/** Redacting shorter ones would damage ordinary words. */
const shortest = 6
const longestBody = 64 * 1024
const credentialsInUrl = /\/\/[^/\s:@]*:[^/\s@]+@/g

/**
 * Removes secrets in their usual notations, credentials in URLs, and the whole body from a text: the application's own error
 * messages may contain them.
 */
export function redactSecrets(text: string, { secrets, rawBody }: Sensitive): string {
  const notations = secrets.flatMap(listNotations)
  const clean = (given: string) =>
    notations.reduce(
      (cleaned, notation) => cleaned.replaceAll(notation, '[withheld]'),
      given.replace(credentialsInUrl, '//[withheld]@'),
    )
  const body = rawBody && rawBody.length <= longestBody ? decodeUtf8(rawBody) : undefined
  // Secrets are redacted first, so the body is searched in its redacted form.
  return body && body.length >= shortest ? clean(text).replaceAll(clean(body), '[body]') : clean(text)
}

function listNotations({ given, bytes }: PreparedSecret): readonly string[] {
  const text = typeof given === 'string' ? given : 'password' in given ? given.password : undefined
  const notations = [text, decodeUtf8(bytes), encodeHex(bytes), encodeBase64(bytes, 'base64')]
  return notations.filter((notation) => notation !== undefined && notation.length >= shortest) as string[]
}
