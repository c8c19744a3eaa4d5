import { verify } from '@countersign/core'
import { embeddable, github, standardWebhooks, stripe, visibuild } from '@countersign/core/schemes'
import { verify as verifyOctokit } from '@octokit/webhooks-methods'
import { Webhook } from 'standardwebhooks'
import Stripe from 'stripe'
import { verifyBody, verifyTimestampAndBody } from '../snippets.js'
import { secret } from './sign-requests.js'

/** @typedef {import('./sign-requests.js').SignedRequest} SignedRequest */

/**
 * The same work done by `verify()` and by a peer.
 *
 * @typedef {object} Comparison
 * @property {string} name
 * @property {keyof typeof import('./sign-requests.js').signers} signer
 * @property {'ascii' | 'world'} text
 * @property {boolean} isMark whether the marks use it
 * @property {import('@countersign/core').VerifyOptions} options for `verify()`
 * @property {(request: SignedRequest) => unknown} peer throws, or resolves to false, for a request that is not authentic
 * @property {boolean} peerIsAsync
 */

const standardWebhook = new Webhook(secret)
const stripeWebhooks = new Stripe('sk_test_none').webhooks
const schemes = {
  embeddable: embeddable(),
  visibuild: visibuild(),
  standardWebhooks: standardWebhooks(),
  stripe: stripe(),
  github: github(),
}

/** @type {readonly Comparison[]} */
export const comparisons = [
  snippet('snippet, {body}', 'embeddable', false),
  snippet('snippet, {body}, JSON.parse', 'embeddable', true),
  snippet('snippet, {timestamp}.{body}', 'visibuild', false),
  snippet('snippet, {timestamp}.{body}, JSON.parse', 'visibuild', true),
  { ...snippet('the same, text beyond Latin-1', 'visibuild', true), text: 'world', isMark: false },
  library('standardwebhooks, JSON.parse', 'standardWebhooks', {
    peer: ({ body, headers }) =>
      standardWebhook.verify(body, /** @type {Record<string, string>} */ (headers)),
  }),
  library('stripe constructEvent, JSON.parse', 'stripe', {
    peer: ({ body, headers }) =>
      stripeWebhooks.constructEvent(body, headers['stripe-signature'] ?? '', secret),
  }),
  library('@octokit/webhooks-methods', 'github', {
    parse: false,
    peerIsAsync: true,
    peer: ({ body, headers }) =>
      verifyOctokit(secret, body.toString(), String(headers['x-hub-signature-256'])),
  }),
]

/**
 * @param {string} name
 * @param {'embeddable' | 'visibuild'} signer
 * @param {boolean} parse
 * @returns {Comparison}
 */
function snippet(name, signer, parse) {
  const check = signer === 'visibuild' ? verifyTimestampAndBody : verifyBody
  const peer = (/** @type {SignedRequest} */ { headers, body }) => {
    const text = check(headers, body, secret)
    if (text === undefined) throw new Error('not authentic')
    return parse ? JSON.parse(text) : text
  }
  return { ...library(name, signer, { parse, peer }), isMark: true }
}

/**
 * @param {string} name
 * @param {keyof typeof schemes} signer
 * @param {{ parse?: boolean, peer: Comparison['peer'], peerIsAsync?: boolean }} options
 * @returns {Comparison}
 */
function library(name, signer, { parse = true, peer, peerIsAsync = false }) {
  const options = { scheme: schemes[signer], secret, parse }
  return { name, signer, text: 'ascii', isMark: false, options, peer, peerIsAsync }
}

/**
 * `verify()` as a server calls it: with a new options object at each call.
 *
 * @param {Comparison} comparison
 * @returns {(request: SignedRequest) => Promise<unknown>}
 */
export function ourSide({ options: { scheme, parse = true } }) {
  return (request) => verify(request, { scheme, secret, parse })
}
