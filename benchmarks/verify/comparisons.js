import * as crypto from 'node:crypto'
import {
  embeddable,
  github,
  hmacScheme,
  standardWebhooks,
  stripe,
  visibuild,
} from '@countersign/core/schemes'
import { verifyBody, verifyPlainHex, verifyStandardWebhook, verifyTimestampAndBody } from '../snippets.js'
import { key, secret } from './sign-requests.js'

/** @typedef {import('./sign-requests.js').SignedRequest} SignedRequest */

/**
 * The same work done by `verify()` and by a peer.
 *
 * @typedef {object} Comparison
 * @property {'snippet' | 'library' | 'limit'} peerKind
 * @property {string} name
 * @property {keyof typeof schemes} signer
 * @property {'ascii' | 'world'} text
 * @property {boolean} parse whether both sides parse the JSON
 * @property {(request: SignedRequest) => unknown} peer throws, or resolves to false, for a request that is not authentic
 * @property {boolean} peerIsAsync
 */

export const schemes = {
  acme: hmacScheme({ name: 'acme', header: 'X-Acme-Signature' }),
  embeddable: embeddable(),
  visibuild: visibuild(),
  standardWebhooks: standardWebhooks(),
  stripe: stripe(),
  github: github(),
}

/** What the documented snippets verify, and how the tables call it. */
const forms = /** @type {const} */ ([
  ['plain hex', 'acme'],
  ['sha256=', 'embeddable'],
  ['timestamp.body', 'visibuild'],
  ['Standard Webhooks', 'standardWebhooks'],
])

/** @type {Record<typeof forms[number][1], (request: SignedRequest) => string | undefined>} */
const snippets = {
  acme: ({ headers, body }) => verifyPlainHex(headers, body, secret),
  embeddable: ({ headers, body }) => verifyBody(headers, body, secret),
  visibuild: ({ headers, body }) => verifyTimestampAndBody(headers, body, secret),
  standardWebhooks: ({ headers, body }) => verifyStandardWebhook(headers, body, key),
}

/** @type {readonly Comparison[]} */
const snippetComparisons = forms.flatMap(([name, signer]) => [
  snippet(name, signer, true),
  snippet(name, signer, false),
])

/** @type {Comparison} */
export const textBeyondLatin1 = {
  ...snippet('timestamp.body, text beyond Latin-1', 'visibuild', true),
  text: 'world',
}

const hash =
  crypto.hash ??
  ((/** @type {string} */ algorithm, /** @type {Buffer} */ bytes) =>
    crypto.createHash(algorithm).update(bytes).digest('hex'))

/**
 * No verification can be faster than one hash over the body.
 *
 * @type {Comparison}
 */
const limit = {
  peerKind: 'limit',
  name: 'SHA-256 of the body',
  signer: 'embeddable',
  text: 'ascii',
  parse: false,
  peer: ({ body }) => hash('sha256', body),
  peerIsAsync: false,
}

/**
 * Those that every runtime can make.
 *
 * @type {readonly Comparison[]}
 */
export const comparisons = [...snippetComparisons, limit]

/**
 * @param {string} name
 * @param {keyof typeof snippets} signer
 * @param {boolean} parse
 * @returns {Comparison}
 */
function snippet(name, signer, parse) {
  const check = snippets[signer]
  const peer = (/** @type {SignedRequest} */ request) => {
    const text = check(request)
    if (text === undefined) throw new Error('not authentic')
    return parse ? JSON.parse(text) : text
  }
  return { peerKind: 'snippet', name, signer, text: 'ascii', parse, peer, peerIsAsync: false }
}
