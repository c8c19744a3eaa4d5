import type { HmacProof } from '@countersign/core'
import { type AdviceFacts, type Causes, causesOf } from './cause.js'

const found = ({ match, detail }: AdviceFacts) =>
  detail ?? (match ? `"${match.place.header}"` : 'another header')
const proofOf = ({ scheme }: AdviceFacts) => scheme.signature as Partial<HmacProof>
const wanted = (facts: AdviceFacts) => `"${proofOf(facts).header ?? 'authorization'}"`
/** A token may be looked for in the URL. */
const place = (facts: AdviceFacts) => {
  const { signature } = facts.scheme
  const query = 'query' in signature ? signature.query : undefined
  return query === undefined ? `header ${wanted(facts)}` : `parameter "${query}" of the URL`
}
const quote = (text: string) => JSON.stringify(text)

const headerCauses = causesOf('header', {
  'sig.header-case': (facts) =>
    `The signature is right; its header is called ${found(facts)} and is looked for as ${wanted(facts)}. Names of headers have no case, and PHP and Rack write HTTP_X_NAME: lower-case them, and turn _ into -, before looking one up.`,
  'sig.other-header-name': (facts) =>
    `The signature is right, but stands in ${found(facts)} and not in ${wanted(facts)}. Set signature.header to that.`,
  'sig.wrong-header': (facts) =>
    `The signature in ${found(facts)} is ${facts.match?.match.algorithm ?? 'of another algorithm'}, an older form. Read the header with ${proofOf(facts).algorithm ?? "the scheme's algorithm"}; do not accept the weaker one because a header names it.`,
  'sig.header-missing': (facts) =>
    `The ${place(facts)}, by which "${facts.scheme.name}" is verified, is missing${facts.detail ? `; ${facts.detail}` : ''}. Is it another sender, does a proxy or a gateway drop it, or has the endpoint no secret at the sender?`,
  'request.other-scheme': ({ scheme, detail = 'It is of another scheme' }) =>
    `${detail} with that sender's secret for this endpoint, which has "${scheme.name}", or give that sender an endpoint of its own.`,
  'sig.prefix-missing': (facts) =>
    `The signature comes without ${quote(proofOf(facts).prefix ?? '')} before it. Leave signature.prefix out, or mend what takes it off.`,
  'sig.prefix-unexpected': (facts) =>
    `Before the signature stands ${quote(shortPrefix(facts))}. Set signature.prefix to that.`,
  'sig.prefix-differs': (facts) =>
    `Before the signature stands ${quote(shortPrefix(facts))} and not ${quote(proofOf(facts).prefix ?? '')}. Set signature.prefix to that.`,
  'sig.form': (facts) =>
    `The header ${found(facts)} is made up otherwise than the scheme says. Look at its separators, and set signature.list or signature.pairs.`,
  'sig.pair-name': ({ match }) =>
    `The signature is called ${quote(match?.place.pairs?.key ?? '')} among the header's pairs. Set signature.pairs.key to that.`,
  'sig.whole-header-as-signature': ({ match }) =>
    `The header holds name=value pairs and is not a signature as a whole. Set signature.pairs: { separator: ${quote(match?.place.pairs?.separator ?? ',')}, key: ${quote(match?.place.pairs?.key ?? 'v1')} }.`,
  'sig.header-blanks':
    'The signature is right; a proxy or a framework put blanks into its header. Send it on unchanged, or trim each element when parsing.',
  'sig.header-quoted':
    'The signature is right; there are quotes around it. Take them off where the header is written.',
  'sig.in-query': (facts) =>
    `The signature is right, but stands in the URL, as the parameter ${found(facts)}. Copy it into the header that the scheme reads before verifying.`,
  'sig.header-repeated':
    'The signature is right, but its header came more than once, as when a proxy adds it again. Let one of them through.',
  'sig.header-ambiguous':
    'The signature is right, but a header it depends on came twice or holds a comma as two joined ones do. Let one of them through.',
  'sig.header-malformed': (facts) =>
    `A header is not in the form the scheme says${facts.detail ? ` (${facts.detail})` : ''}. Compare it with the sender's documentation.`,
  'sig.args-swapped':
    'Secret and signature are swapped: what is used as the secret is a signature, and the header holds a key. Use named options, not positions.',
  'sig.truncated': ({ detail }) =>
    `The signature is too short${detail ? ` (${detail})` : ''}: a log, a column or a copy cut it. Capture the header again; never compare a beginning only.`,
  'sig.not-in-alphabet': ({ detail }) =>
    `The signature cannot be decoded${detail ? ` (${detail})` : ''}. Was the header cut, masked or replaced on its way?`,
  'sig.second-of-many': ({ detail }) =>
    `The header has several signatures${detail ? ` (${detail})` : ''}, none of which matches: during a rotation the sender signs with the old and the new secret. Pass both.`,
  'header.content-length':
    'The signature is right, but Content-Length says another length than the body has: something on the way changed one of them. Have it recompute the header.',
  'header.content-encoding':
    'The signature is right, but Content-Encoding says that the body is compressed, which it is not: a proxy decompressed it and left the header. Have it take the header off.',
  'request.method':
    'The signature is right, but the method is not one the sender uses. Add it to methods in the descriptor if the sender does.',
  'token.prefix':
    'The token is right, but the text before it is not what the scheme says. Set signature.prefix to what comes.',
  'token.elsewhere': (facts) =>
    `The token stands in ${found(facts)}, not where the scheme looks for it. Set signature.header or signature.query.`,
  'basic.swapped': "User name and password stand in each other's place. Swap them.",
  'basic.malformed': ({ detail }) =>
    `The Authorization header holds no Basic credentials${detail ? `: ${detail}` : ''}. It is "Basic " and the base64 of user:password.`,
})

const encodingCauses = causesOf('encoding', {
  'sig.base64-vs-hex': ({ match }) =>
    `The signature is right, but written in ${match?.place.encoding ?? 'another encoding'}. Set signature.encoding to that.`,
  'sig.base64url':
    "The signature is right, but in base64's other spelling: - and _ for + and /, or without padding. Set signature.encoding to 'base64url' (or to 'base64'), or mend what rewrites it.",
  'sig.double-encoded':
    'The signature was encoded twice, hex within base64 or the other way round. Encode the digest once at the sender: digest("base64"), not the base64 of its hex.',
  'sig.percent-encoded':
    'The signature was escaped for a URL. Decode the header once, or mend what escapes it.',
})

const algorithmCauses = causesOf('algorithm', {
  ...Object.fromEntries(
    ['sha256', 'sha1', 'sha384', 'sha512'].map((name) => [
      `algorithm.hmac-${name}`,
      `The sender signs with HMAC-${name.toUpperCase()}. Set signature.algorithm to 'hmac-${name}' if its documentation says so; never take it from a header.`,
    ]),
  ),
  ...Object.fromEntries(
    ['md5', 'sha224', 'sha3-256', 'sha3-512'].map((name) => [
      `algorithm.hmac-${name}`,
      `The sender signs with HMAC-${name.toUpperCase()}, which no scheme here can name. Ask it for HMAC-SHA256.`,
    ]),
  ),
  'sig.not-hmac': ({ match }) =>
    `The signature is no HMAC but a plain hash with the secret put beside the content: ${match?.match.algorithm ?? 'a hash'}. Such hashes can be extended; ask the sender for its HMAC scheme.`,
  'sig.unkeyed-hash':
    'The signature is a hash of the content without any secret: anyone can make it, and it proves nothing. Ask the sender for a signature.',
  'sig.static-token':
    'The header holds the secret itself: it is a token, not a signature, and says nothing of the body. Use tokenScheme(), and a signature where the sender has one.',
  'sig.asymmetric': ({ detail }) =>
    detail ??
    `The signature has the length of one made with a private key (Ed25519, ECDSA, RSA), as Discord, SendGrid and PayPal make them. No shared secret verifies it: take the sender's library and public key.`,
})

export const signatureCauses: Causes = { ...headerCauses, ...encodingCauses, ...algorithmCauses }

function shortPrefix({ match }: AdviceFacts): string {
  return (match?.place.prefix ?? '').slice(-24)
}
