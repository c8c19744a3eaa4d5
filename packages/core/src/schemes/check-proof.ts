import { maxParts } from '../headers/read-header.js'
import { isHmac } from './is-hmac.js'
import { macLengths } from './mac-lengths.js'
import type { RefuseScheme } from './refuse-scheme.js'
import type { HmacProof, PairsForm, Proof, SignatureEncoding, TimestampSource } from './scheme-descriptor.js'

/** The characters of each encoding. A separator made of them would split signatures. */
const alphabets: Readonly<Record<SignatureEncoding, RegExp>> = {
  hex: /^[0-9a-fA-F]+$/,
  base64: /^[A-Za-z0-9+/=]+$/,
  base64url: /^[A-Za-z0-9_-]+$/,
}

const hmacFields = ['algorithm', 'header', 'moreHeaders', 'repeats', 'encoding', 'prefix', 'list', 'pairs']

/** Refuses a proof that contradicts itself, or whose header has two readings: an attacker could choose the other one. */
export function checkProof(proof: Proof, refuse: RefuseScheme): void {
  if (typeof proof !== 'object' || proof === null) refuse('signature is missing')
  if (proof.algorithm === 'basic') return
  if (proof.algorithm === 'custom') {
    checkFields('signature', proof, ['algorithm', 'headers'], refuse)
    if (proof.headers !== undefined && !Array.isArray(proof.headers))
      refuse('proofHeaders must be a list of names')
    return
  }
  if (proof.algorithm === 'token') {
    if ((proof.header === undefined) === (proof.query === undefined))
      refuse('a token needs a header or a query parameter')
    return
  }
  if (!Object.hasOwn(macLengths, proof.algorithm)) {
    refuse(`unknown algorithm; use one of ${Object.keys(macLengths).join(', ')}, token, basic`)
  }
  if (!Object.hasOwn(alphabets, proof.encoding)) refuse('signature.encoding must be hex, base64 or base64url')
  if (typeof proof.header !== 'string') refuse('signature.header is missing')
  checkFields('signature', proof, hmacFields, refuse)
  checkHeaders(proof, refuse)
  const { list, pairs } = proof
  if (list && pairs) refuse('signature takes list or pairs, not both')
  if (list) checkSeparated('signature.list', list, [], proof.encoding, refuse)
  if (pairs) checkPairs(pairs, proof.encoding, refuse)
}

/** @throws WebhookConfigurationError, by `refuse`, if the timestamp's place does not match the form of the signature header */
export function checkTimestampSource(source: TimestampSource, proof: Proof, refuse: RefuseScheme): void {
  if (!['s', 'ms', 'iso8601'].includes(source.unit)) refuse('timestamp.unit must be s, ms or iso8601')
  const fields = 'header' in source ? ['header', 'key', 'position', 'unit'] : ['json', 'unit']
  checkFields('timestamp', source, fields, refuse)
  if (!('header' in source)) return
  const { header, key, position } = source
  const form = isHmac(proof) && proof.header.toLowerCase() === header.toLowerCase() ? proof : undefined
  if (key !== undefined && !form?.pairs) refuse('timestamp.key needs signature.pairs in the same header')
  if (key !== undefined && form?.pairs && keysOf(form.pairs).includes(key))
    refuse('timestamp.key is the name of the signatures; it must be another')
  if (position === undefined) return
  if (!form?.list) refuse('timestamp.position needs signature.list in the same header')
  if (!Number.isInteger(position) || position < 0 || position >= maxParts)
    refuse(`timestamp.position must be a whole number from 0 to ${maxParts - 1}`)
}

function checkHeaders(
  { moreHeaders = [], repeats, list, pairs, prefix = '', header }: HmacProof,
  refuse: RefuseScheme,
): void {
  if (moreHeaders !== 'numbered') {
    if (!Array.isArray(moreHeaders)) refuse("signature.moreHeaders must be a list of names, or 'numbered'")
    const names = [header, ...moreHeaders].map((name) => String(name).toLowerCase())
    if (new Set(names).size < names.length) refuse('signature.moreHeaders names a header twice')
    if (names.length > maxParts) refuse(`signatures may be in at most ${maxParts} headers`)
  }
  // Platforms join repeated headers with commas, which would look like one header with a list.
  if (repeats && (list || pairs || prefix.includes(',')))
    refuse('a header that repeats holds one signature: it has no list, no pairs and no comma in its prefix')
}

function checkPairs(pairs: PairsForm, encoding: SignatureEncoding, refuse: RefuseScheme): void {
  const { separator, groups, values } = pairs
  checkSeparated('signature.pairs', pairs, ['key', 'moreKeys', 'groups', 'values'], encoding, refuse)
  const keys = keysOf(pairs)
  if (keys.some((key) => typeof key !== 'string' || key === '' || key.includes('=')))
    refuse('the names of pairs must be text without "="')
  if (new Set(keys).size < keys.length) refuse('signature.pairs.moreKeys names a key twice')
  if (values) checkSeparated('signature.pairs.values', values, [], encoding, refuse)
  if (groups) checkSeparated('signature.pairs.groups', groups, [], encoding, refuse)
  if (values && values.separator !== separator && values.separator.includes(separator))
    refuse('signature.pairs.values.separator holds the separator of the pairs')
  if (values?.separator === separator && encoding === 'base64')
    refuse('values separated as the pairs are cannot be base64, whose padding looks like a name\'s "="')
  if (groups && [separator, values?.separator].some((inner) => inner?.includes(groups.separator)))
    refuse('signature.pairs.groups.separator also occurs within the groups')
}

function checkSeparated(
  place: string,
  form: { readonly separator: string },
  others: readonly string[],
  encoding: SignatureEncoding,
  refuse: RefuseScheme,
): void {
  checkFields(place, form, ['separator', ...others], refuse)
  const { separator } = form
  if (typeof separator !== 'string' || separator === '') refuse(`${place}: the separator must not be empty`)
  if (separator.includes('=') || alphabets[encoding].test(separator))
    refuse(`${place}: the separator "${separator}" may occur in a signature`)
}

/** Unknown fields are refused; otherwise a misspelt field would be ignored silently. */
function checkFields(place: string, form: object, known: readonly string[], refuse: RefuseScheme): void {
  const unknown = Object.keys(form).find((field) => !known.includes(field))
  if (unknown !== undefined) refuse(`${place} has no field "${unknown}"; is it spelt right?`)
}

function keysOf({ key, moreKeys = [] }: PairsForm): readonly string[] {
  return [key, ...moreKeys]
}
