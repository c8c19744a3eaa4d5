import type { HmacProof } from '@countersign/core'
import { type AdviceFacts, type Causes, defineCauses } from './cause.js'

const found = ({ match, detail }: AdviceFacts) =>
  detail ?? (match ? `"${match.place.header}"` : 'a different header')
const proofOf = ({ scheme }: AdviceFacts) => scheme.signature as Partial<HmacProof>
const wanted = (facts: AdviceFacts) => `"${proofOf(facts).header ?? 'authorization'}"`
/** Where the scheme looks for the proof: a token may be in the URL. */
const place = (facts: AdviceFacts) => {
  const { signature } = facts.scheme
  const query = 'query' in signature ? signature.query : undefined
  return query === undefined ? `header ${wanted(facts)}` : `parameter "${query}" of the URL`
}
const quote = (text: string) => JSON.stringify(text)

const headerCauses = defineCauses('header', {
  'sig.header-case': (facts) =>
    `The signature is correct, but its header is named ${found(facts)} and the code looks for ${wanted(facts)}. Header names are case-insensitive, and PHP and Rack write HTTP_X_NAME: lower-case names and replace _ with - before a lookup.`,
  'sig.other-header-name': (facts) =>
    `The signature is correct, but it is in ${found(facts)}, not in ${wanted(facts)}. Set signature.header to that name.`,
  'sig.wrong-header': (facts) =>
    `The signature in ${found(facts)} uses ${facts.match?.match.algorithm ?? 'a different algorithm'}, an older form. Read the header with ${proofOf(facts).algorithm ?? "the scheme's algorithm"}; do not accept the weaker algorithm because a header names it.`,
  'sig.header-missing': (facts) =>
    `The ${place(facts)}, which "${facts.scheme.name}" needs for verification, is missing${facts.detail ? `; ${facts.detail}` : ''}. Check whether the request is from a different sender, whether a proxy or gateway drops it, and whether the sender has a secret for this endpoint.`,
  'request.other-scheme': ({ scheme, detail = 'The delivery is for a different scheme. Use that scheme' }) =>
    `${detail} with that sender's secret for this endpoint, which now uses "${scheme.name}", or give that sender its own endpoint.`,
  'sig.prefix-missing': (facts) =>
    `The signature has no ${quote(proofOf(facts).prefix ?? '')} prefix. Remove signature.prefix from the scheme, or fix what strips the prefix.`,
  'sig.prefix-unexpected': (facts) =>
    `The signature has the prefix ${quote(shortPrefix(facts))}. Set signature.prefix to that.`,
  'sig.prefix-differs': (facts) =>
    `The signature has the prefix ${quote(shortPrefix(facts))}, not ${quote(proofOf(facts).prefix ?? '')}. Set signature.prefix to that.`,
  'sig.form': (facts) =>
    `The format of header ${found(facts)} differs from the scheme. Check its separators, and set signature.list or signature.pairs.`,
  'sig.pair-name': ({ match }) =>
    `The signature's name in the header is ${quote(match?.place.pairs?.key ?? '')}. Set signature.pairs.key to that.`,
  'sig.whole-header-as-signature': ({ match }) =>
    `The header contains name=value pairs, not just the signature. Set signature.pairs: { separator: ${quote(match?.place.pairs?.separator ?? ',')}, key: ${quote(match?.place.pairs?.key ?? 'v1')} }.`,
  'sig.header-blanks':
    'The signature is correct, but a proxy or a framework added spaces to its header. Forward the header unchanged, or trim each element when parsing.',
  'sig.header-quoted':
    'The signature is correct, but it is in quotes. Remove them where the header is written.',
  'sig.in-query': (facts) =>
    `The signature is correct, but it is in the URL, as parameter ${found(facts)}. Copy it into the header that the scheme reads before you verify.`,
  'sig.header-repeated':
    'The signature is correct, but its header is repeated, as when a proxy adds it again. Forward only one.',
  'sig.header-ambiguous':
    'The signature is correct, but a header it depends on is repeated, or contains a comma like two joined values. Forward only one.',
  'sig.header-malformed': (facts) =>
    `A header is not in the format the scheme expects${facts.detail ? ` (${facts.detail})` : ''}. Compare it with the sender's documentation.`,
  'sig.args-swapped':
    'Secret and signature are swapped: the configured secret is a signature, and the header contains a key. Use named options instead of positional arguments.',
  'sig.truncated': ({ detail }) =>
    `The signature is too short${detail ? ` (${detail})` : ''}: a log, a database column or a copy truncated it. Capture the header again; never compare only the beginning.`,
  'sig.not-in-alphabet': ({ detail }) =>
    `The signature cannot be decoded${detail ? ` (${detail})` : ''}. Check whether the header was truncated, masked or replaced.`,
  'sig.second-of-many': ({ detail }) =>
    `The header has several signatures${detail ? ` (${detail})` : ''}, and none matches. During a rotation the sender signs with the old and the new secret: pass both.`,
  'header.content-length':
    "The signature is correct, but Content-Length differs from the body's length: a proxy or framework changed one of them. Configure it to recompute the header.",
  'header.content-encoding':
    'The signature is correct, but Content-Encoding is set and the body is not compressed: a proxy decompressed it and kept the header. Configure it to remove the header.',
  'request.method':
    'The signature is correct, but the scheme does not allow this HTTP method. Add it to methods in the descriptor if the sender uses it.',
  'token.prefix':
    'The token is correct, but the text before it differs from the scheme. Set signature.prefix to the received prefix.',
  'token.elsewhere': (facts) =>
    `The token is in ${found(facts)}, not where the scheme looks for it. Set signature.header or signature.query.`,
  'basic.swapped': 'User name and password are swapped. Swap them back.',
  'basic.malformed': ({ detail }) =>
    `The Authorization header has no valid Basic credentials${detail ? `: ${detail}` : ''}. The expected value is "Basic " and the base64 of user:password.`,
})

const encodingCauses = defineCauses('encoding', {
  'sig.base64-vs-hex': ({ match }) =>
    `The signature is correct, but encoded as ${match?.place.encoding ?? 'something else'}. Set signature.encoding to that.`,
  'sig.base64url':
    "The signature is correct, but in the other base64 alphabet (- and _ instead of + and /) or without padding. Set signature.encoding to 'base64url' (or to 'base64'), or fix what rewrites it.",
  'sig.double-encoded':
    'The signature is encoded twice, as base64 of hex or the reverse. Encode the digest once at the sender: digest("base64"), not the base64 of its hex.',
  'sig.percent-encoded': 'The signature is percent-encoded. Decode the header once, or fix what encodes it.',
})

const algorithmCauses = defineCauses('algorithm', {
  ...Object.fromEntries(
    ['sha256', 'sha1', 'sha384', 'sha512'].map((name) => [
      `algorithm.hmac-${name}`,
      `The sender signs with HMAC-${name.toUpperCase()}. Set signature.algorithm to 'hmac-${name}' if the sender's documentation confirms it; never take the algorithm from a header.`,
    ]),
  ),
  ...Object.fromEntries(
    ['md5', 'sha224', 'sha3-256', 'sha3-512'].map((name) => [
      `algorithm.hmac-${name}`,
      `The sender signs with HMAC-${name.toUpperCase()}, which schemes do not support. Ask the sender for HMAC-SHA256.`,
    ]),
  ),
  'sig.not-hmac': ({ match }) =>
    `The signature is not an HMAC but a plain hash of the secret and the content: ${match?.match.algorithm ?? 'a hash'}. Such hashes are open to length extension attacks; ask the sender for HMAC.`,
  'sig.unkeyed-hash':
    'The signature is a hash of the content without a secret: anyone can compute it, so it proves nothing. Ask the sender for an HMAC.',
  'sig.static-token':
    'The header contains the secret itself: it is a token, not a signature, and does not cover the body. Use tokenScheme(), or a signature if the sender offers one.',
  'sig.asymmetric': ({ detail }) =>
    detail ??
    `The signature has the length of one made with a private key (Ed25519, ECDSA, RSA), as Discord, SendGrid and PayPal use. No shared secret can verify it: use the sender's library and public key.`,
})

export const signatureCauses: Causes = { ...headerCauses, ...encodingCauses, ...algorithmCauses }

function shortPrefix({ match }: AdviceFacts): string {
  return (match?.place.prefix ?? '').slice(-24)
}
