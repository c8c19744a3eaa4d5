import { github, shopify, slack, standardWebhooks, stripe } from '@countersign/core/schemes'
import type { FileDraft } from '../build-file.js'
import { lists } from '../cases/lists.js'
import { pairs } from '../cases/pairs.js'
import { undecodedSecret } from '../cases/secrets.js'
import { senderGroups } from '../hmac-groups.js'
import { createSubject, sentAt } from '../subject.js'
import {
  githubAnswers,
  shopifyAnswers,
  slackAnswers,
  standardWebhooksAnswers,
  stripeAnswers,
} from './published-answers.js'

const standardWebhooksSubject = createSubject({
  scheme: standardWebhooks(),
  secret: { text: 'whsec_Q291bnRlcnNpZ24gdGVzdCB2ZWN0b3JzLCBrZXkgMQ==' },
  otherSecret: { text: 'whsec_Q291bnRlcnNpZ24gdGVzdCB2ZWN0b3JzLCBrZXkgMg==' },
  id: 'msg_2b1f0c9d8e7a6b5c',
  payload: { type: 'invoice.paid', timestamp: '2026-03-17T08:59:58Z', data: { id: 'inv_124' } },
  delivery: { id: 'msg_2b1f0c9d8e7a6b5c', event: 'invoice.paid', timestamp: sentAt },
})

const githubSubject = createSubject({
  scheme: github(),
  secret: { text: 'github-secret-71d0c3e85f2b4a96' },
  otherSecret: { text: 'github-secret-2e94b6f01c8d4735' },
  id: '72d3162e-cc78-11e3-81ab-4c9367dc0958',
  event: 'push',
  payload: {
    ref: 'refs/heads/main',
    repository: { id: 1, full_name: 'example/shop' },
    sender: { id: 2, login: 'ada' },
  },
  delivery: { id: '72d3162e-cc78-11e3-81ab-4c9367dc0958', event: 'push' },
})

const stripeSubject = createSubject({
  scheme: stripe(),
  secret: { text: 'whsec_test_vector_secret_9f86d081884c7d65' },
  otherSecret: { text: 'whsec_test_vector_secret_60303ae22b998861' },
  payload: {
    id: 'evt_1Example',
    object: 'event',
    type: 'invoice.paid',
    data: { object: { id: 'in_1', amount_paid: 1200 } },
  },
  delivery: { id: 'evt_1Example', event: 'invoice.paid', timestamp: sentAt },
})

const slackSubject = createSubject({
  scheme: slack(),
  secret: { text: 'slack0signing0secret0for0vectors' },
  otherSecret: { text: 'slack0signing0secret0another0one' },
  payload: {
    type: 'event_callback',
    event_id: 'Ev0EXAMPLE',
    team_id: 'T0001',
    event: { type: 'app_mention', user: 'U0001', text: 'Hello', channel: 'C0001' },
  },
  delivery: { id: 'Ev0EXAMPLE', event: 'app_mention', timestamp: sentAt },
})

const shopifySubject = createSubject({
  scheme: shopify(),
  secret: { text: 'shopify-secret-5d7c1e9b3fa04862' },
  otherSecret: { text: 'shopify-secret-b80e47f2c6d91a35' },
  id: 'b54557e4-bdd9-4b37-8a5f-bf7d70bcd043',
  event: 'orders/create',
  headers: {
    'x-shopify-event-id': undefined,
    'x-shopify-api-version': undefined,
    'x-shopify-triggered-at': undefined,
  },
  payload: { id: 5001, email: 'ada@example.com', total_price: '12.00', note: 'first' },
  delivery: { id: 'b54557e4-bdd9-4b37-8a5f-bf7d70bcd043', event: 'orders/create' },
})

export const knownSenders: readonly FileDraft[] = [
  {
    name: 'standard-webhooks',
    description: 'Standard Webhooks v1: a list of base64 HMAC-SHA256 of id, timestamp and body.',
    scheme: standardWebhooksSubject.scheme,
    groups: [...senderGroups(standardWebhooksSubject, lists, undecodedSecret), ...standardWebhooksAnswers],
  },
  {
    name: 'github',
    description: 'GitHub: sha256= and the hex HMAC-SHA256 of the body, which may be a form.',
    scheme: githubSubject.scheme,
    groups: [...senderGroups(githubSubject), ...githubAnswers],
  },
  {
    name: 'stripe',
    description: 'Stripe: time and hex HMAC-SHA256 as pairs in one header.',
    scheme: stripeSubject.scheme,
    groups: [...senderGroups(stripeSubject, pairs), ...stripeAnswers],
  },
  {
    name: 'slack',
    description: 'Slack: v0= and the hex HMAC-SHA256 of v0, timestamp and body, separated by colons.',
    scheme: slackSubject.scheme,
    groups: [...senderGroups(slackSubject), ...slackAnswers],
  },
  {
    name: 'shopify',
    description: 'Shopify: the base64 HMAC-SHA256 of the body.',
    scheme: shopifySubject.scheme,
    groups: [...senderGroups(shopifySubject), ...shopifyAnswers],
  },
]
