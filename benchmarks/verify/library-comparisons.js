// Apart from comparisons.js, because only one runtime needs to load these libraries.
import { WebhookVerificationService } from '@hookflo/tern'
import { verify as verifyOctokit } from '@octokit/webhooks-methods'
import { Webhook } from 'standardwebhooks'
import Stripe from 'stripe'
import { Webhook as SvixWebhook } from 'svix'
import { secret } from './sign-requests.js'

/** @typedef {import('./comparisons.js').Comparison} Comparison */

const standardWebhook = new Webhook(secret)
const svixWebhook = new SvixWebhook(secret)
const stripeWebhooks = new Stripe('sk_test_none').webhooks
const ternConfig = /** @type {const} */ ({ platform: 'github', secret })

/**
 * Each library as its own documentation calls it, with what can be prepared once prepared once.
 *
 * @type {readonly Comparison[]}
 */
export const libraryComparisons = [
  library('standardwebhooks', 'standardWebhooks', ({ body, headers }) =>
    standardWebhook.verify(body, /** @type {Record<string, string>} */ (headers)),
  ),
  library('svix', 'standardWebhooks', ({ body, headers }) =>
    svixWebhook.verify(body, /** @type {Record<string, string>} */ (headers)),
  ),
  library('stripe', 'stripe', ({ body, headers }) =>
    stripeWebhooks.constructEvent(body, headers['stripe-signature'] ?? '', secret),
  ),
  {
    ...library('@octokit/webhooks-methods', 'github', ({ body, headers }) =>
      verifyOctokit(secret, body.toString(), String(headers['x-hub-signature-256'])),
    ),
    parse: false,
    peerIsAsync: true,
  },
  {
    ...library('@hookflo/tern', 'github', verifyTern),
    peerIsAsync: true,
  },
]

/**
 * It verifies a `Request`, which its adapter for Express makes of each request, too.
 *
 * @param {import('./sign-requests.js').SignedRequest} request
 */
async function verifyTern({ method, url, headers, body }) {
  const init = { method, headers: /** @type {Record<string, string>} */ (headers), body }
  const result = await WebhookVerificationService.verify(
    new Request(`https://hooks.example.com${url}`, init),
    ternConfig,
  )
  return result.isValid
}

/**
 * @param {string} name
 * @param {Comparison['signer']} signer
 * @param {Comparison['peer']} peer
 * @returns {Comparison}
 */
function library(name, signer, peer) {
  return { peerKind: 'library', name, signer, text: 'ascii', parse: true, peer, peerIsAsync: false }
}
