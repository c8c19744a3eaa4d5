import { decodeBase64 } from '../encoding/base64.js'
import { decodeHex } from '../encoding/hex.js'
import { encodeLatin1 } from '../encoding/latin1.js'
import { encodeUtf8 } from '../encoding/utf8.js'
import {
  type Headers,
  refuseHeader,
  requiredHeader,
  singleValue,
  splitHeader,
  splitPairs,
  withoutPrefix,
} from '../headers/signing-header.js'
import { queryOf } from '../query-of.js'
import { macLengths } from '../schemes/compile-scheme.js'
import { isHmac } from '../schemes/is-hmac.js'
import type { HmacProof, TokenProof } from '../schemes/scheme.js'
import type { VerificationSettings } from '../verification-settings.js'

/** Decoded MACs, or the token, or the credentials: any one of them may match. */
export type Candidates = readonly Uint8Array[]

/** Reads what is offered as proof, strictly: bytes of the right number, in the scheme's one form. */
export function readSignature(headers: Headers, url: string, { scheme }: VerificationSettings): Candidates {
  const { signature } = scheme.descriptor
  if (isHmac(signature)) return readMacs(requiredHeader(headers, signature.header.toLowerCase()), signature)
  if (signature.algorithm === 'token') return [readToken(headers, url, signature)]
  return [readCredentials(singleValue('authorization', requiredHeader(headers, 'authorization')))]
}

function readMacs(text: string, proof: HmacProof): Candidates {
  const name = proof.header.toLowerCase()
  const length = macLengths[proof.algorithm]
  const macs: Uint8Array[] = []
  for (const encoded of macTexts(name, text, proof)) {
    const mac = proof.encoding === 'hex' ? decodeHex(encoded) : decodeBase64(encoded, proof.encoding)
    if (mac?.length === length) macs.push(mac)
  }
  if (macs.length > 0) return macs
  return refuseHeader(
    'MALFORMED',
    name,
    `holds no ${proof.encoding} signature of ${length} bytes in the scheme's form`,
  )
}

function macTexts(name: string, text: string, { prefix = '', list, pairs }: HmacProof): readonly string[] {
  if (pairs) {
    const signatures = splitPairs(name, text, pairs.separator).filter(([key]) => key === pairs.key)
    return signatures.map(([, value]) => value)
  }
  if (!list) return [withoutPrefix(name, singleValue(name, text), prefix)]
  // Members in another version of the sender's scheme are for receivers that know it.
  const members = splitHeader(name, text, list.separator, prefix).filter((member) =>
    member.startsWith(prefix),
  )
  return members.map((member) => member.slice(prefix.length))
}

function readToken(headers: Headers, url: string, { header, query, prefix = '' }: TokenProof): Uint8Array {
  if (header !== undefined) {
    const name = header.toLowerCase()
    const token = encodeLatin1(withoutPrefix(name, singleValue(name, requiredHeader(headers, name)), prefix))
    return token && token.length > 0 ? token : refuseHeader('MALFORMED', name, 'holds no token')
  }
  const name = query ?? ''
  const [token, ...others] = queryOf(url).getAll(name)
  if (others.length > 0) refuseHeader('AMBIGUOUS', name, 'stands in the URL more than once')
  return token ? encodeUtf8(token) : refuseHeader('MISSING', name, 'is not in the URL')
}

function readCredentials(text: string): Uint8Array {
  const encoded = /^basic ([^ ]+)$/i.exec(text)?.[1]
  const credentials = encoded === undefined ? undefined : decodeBase64(encoded, 'base64')
  if (credentials?.includes(0x3a)) return credentials
  return refuseHeader('MALFORMED', 'authorization', 'holds no Basic credentials (RFC 7617)')
}
