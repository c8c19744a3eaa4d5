import { decodeBase64 } from '../encoding/base64.js'
import { decodeHex } from '../encoding/hex.js'
import { encodeLatin1 } from '../encoding/latin1.js'
import { parseQuery } from '../encoding/parse-query.js'
import { encodeUtf8 } from '../encoding/utf8.js'
import {
  countCommas,
  type Headers,
  maxParts,
  readHeader,
  readRequiredHeader,
  refuseHeader,
  requirePrefix,
  requireSingleValue,
  splitHeader,
  splitRepeated,
  stripPrefix,
} from '../headers/read-header.js'
import { splitPairs } from '../headers/split-pairs.js'
import type { CompiledScheme } from '../schemes/compile-scheme.js'
import { isHmac } from '../schemes/is-hmac.js'
import { macLengths } from '../schemes/mac-lengths.js'
import type { HmacProof, PairsForm, TokenProof } from '../schemes/scheme-descriptor.js'
import type { VerificationSettings } from '../settings/verification-settings.js'

/** Decoded MACs, or the token, or the credentials: one match is enough. */
export type Candidates = readonly Uint8Array[]

/** Reads the proof, strictly: only MACs of the right length, and only in the scheme's format. */
export function readSignature(headers: Headers, url: string, { scheme }: VerificationSettings): Candidates {
  const { signature } = scheme.descriptor
  if (isHmac(signature)) return readMacs(headers, scheme, signature)
  if (signature.algorithm === 'custom') return requireProof(headers, scheme)
  if (signature.algorithm === 'token') return [readToken(headers, url, signature)]
  return [readCredentials(requireSingleValue('authorization', readRequiredHeader(headers, 'authorization')))]
}

/** Requires the headers to be present; the scheme's verifier reads their values. */
function requireProof(headers: Headers, { headers: { signatures } }: CompiledScheme): Candidates {
  for (const name of signatures) readRequiredHeader(headers, name)
  return []
}

function readMacs(headers: Headers, scheme: CompiledScheme, proof: HmacProof): Candidates {
  const { signatures } = scheme.headers
  const [usual = ''] = signatures
  const length = macLengths[proof.algorithm]
  const macs: Uint8Array[] = []
  const add = (encoded: string, start = 0) => {
    const mac = decodeMac(encoded, start, proof)
    if (mac?.length === length) macs.push(mac)
  }
  for (const [name, text] of signatureTexts(headers, scheme, usual)) {
    if (hasOneMac(proof)) add(text, requirePrefix(name, requireSingleValue(name, text), proof.prefix))
    else for (const encoded of macTexts(name, text, proof, scheme.timePosition)) add(encoded)
  }
  if (macs.length > maxParts) refuseHeader('MALFORMED', usual, `holds more than ${maxParts} signatures`)
  if (macs.length > 0) return macs
  return refuseHeader(
    'MALFORMED',
    usual,
    `holds no ${proof.encoding} signature of ${length} bytes in the scheme's form`,
  )
}

function decodeMac(text: string, start: number, { encoding }: HmacProof): Uint8Array | undefined {
  return encoding === 'hex' ? decodeHex(text, start) : decodeBase64(text.slice(start), encoding)
}

/** Whether the header holds one signature and nothing else. */
function hasOneMac({ list, pairs, repeats }: HmacProof): boolean {
  return !list && !pairs && !repeats
}

/** The headers with signatures that the request has: at least one. */
function signatureTexts(
  headers: Headers,
  { headers: { signatures } }: CompiledScheme,
  usual: string,
): readonly (readonly [name: string, text: string])[] {
  if (signatures.length === 1) return [[usual, readRequiredHeader(headers, usual)]]
  const texts = signatures.flatMap((name) => {
    const text = readHeader(headers, name)
    return text === undefined ? [] : [[name, text] as const]
  })
  return texts.length > 0
    ? texts
    : refuseHeader('MISSING', usual, 'is missing, as are the other signature headers')
}

function macTexts(
  name: string,
  text: string,
  { prefix = '', list, pairs }: HmacProof,
  timePosition: number | undefined,
): readonly string[] {
  if (pairs) return pairTexts(name, text, pairs)
  const members = list
    ? splitHeader(name, text, list.separator, countCommas(prefix))
    : splitRepeated(name, text)
  // Signatures of other versions of the sender's scheme are for receivers that know them.
  const signatures = members.filter((member, index) => index !== timePosition && member.startsWith(prefix))
  return signatures.map((member) => member.slice(prefix.length))
}

function pairTexts(name: string, text: string, pairs: PairsForm): readonly string[] {
  const { key, moreKeys } = pairs
  const texts: string[] = []
  for (const group of splitPairs(name, text, pairs)) {
    for (const [own, value] of group) {
      if (own === key || moreKeys?.includes(own)) texts.push(value)
    }
  }
  return texts
}

function readToken(headers: Headers, url: string, { header, query, prefix = '' }: TokenProof): Uint8Array {
  if (header !== undefined) {
    const name = header.toLowerCase()
    const token = encodeLatin1(
      stripPrefix(name, requireSingleValue(name, readRequiredHeader(headers, name)), prefix),
    )
    return token && token.length > 0 ? token : refuseHeader('MALFORMED', name, 'holds no token')
  }
  const name = query ?? ''
  const [token, ...others] = parseQuery(url).getAll(name)
  if (others.length > 0) refuseHeader('AMBIGUOUS', name, 'is in the URL more than once')
  return token ? encodeUtf8(token) : refuseHeader('MISSING', name, 'is not in the URL')
}

function readCredentials(text: string): Uint8Array {
  const encoded = /^basic ([^ ]+)$/i.exec(text)?.[1]
  const credentials = encoded === undefined ? undefined : decodeBase64(encoded, 'base64')
  if (credentials?.includes(0x3a)) return credentials
  return refuseHeader('MALFORMED', 'authorization', 'holds no Basic credentials (RFC 7617)')
}
