import { encodeBase64 } from '../encoding/base64.js'
import { encodeHex } from '../encoding/hex.js'
import { decodeUtf8 } from '../encoding/utf8.js'
import type { PreparedSecret } from '../secrets/prepare-secrets.js'

/** What a text must not repeat. */
export interface Sensitive {
  readonly secrets: readonly PreparedSecret[]
  readonly rawBody?: Uint8Array | undefined
}

/** Shorter ones would make holes in ordinary words. */
const shortest = 6
const longestBody = 64 * 1024
const credentialsInUrl = /\/\/[^/\s:@]*:[^/\s@]+@/g

/**
 * A text without the secrets, in the notations they are usually seen in, without credentials of URLs, and without the whole
 * body. The text is the user's own error, which nobody but its author can keep free of them otherwise.
 */
export function redactSecrets(text: string, { secrets, rawBody }: Sensitive): string {
  const notations = secrets.flatMap(listNotations)
  const clean = (given: string) =>
    notations.reduce(
      (cleaned, notation) => cleaned.replaceAll(notation, '[withheld]'),
      given.replace(credentialsInUrl, '//[withheld]@'),
    )
  const body = rawBody && rawBody.length <= longestBody ? decodeUtf8(rawBody) : undefined
  // A body that holds a secret is in the text as it is without it.
  return body && body.length >= shortest ? clean(text).replaceAll(clean(body), '[body]') : clean(text)
}

function listNotations({ given, bytes }: PreparedSecret): readonly string[] {
  const text = typeof given === 'string' ? given : 'password' in given ? given.password : undefined
  const notations = [text, decodeUtf8(bytes), encodeHex(bytes), encodeBase64(bytes, 'base64')]
  return notations.filter((notation) => notation !== undefined && notation.length >= shortest) as string[]
}
