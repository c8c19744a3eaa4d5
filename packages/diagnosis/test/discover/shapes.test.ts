import { createHash } from 'node:crypto'
import { type Discovery, discover } from '@countersign/diagnosis'
import { expect, test } from 'vitest'
import { type HandSigned, secret, signByHand, url } from './support/sign-by-hand.js'

const id = 'b7c1d0f2-8a1c-4d5c-9f0e-0d6c2b7f1a11'
const seconds = '1773738000'
const ms = '1773738000123'
const iso = '2026-03-17T09:00:00.123456789Z'
const keyBytes = createHash('sha256').update('a key').digest()

interface Shape extends HandSigned {
  readonly finds: Readonly<Record<string, unknown>>
  readonly secret?: string
}

/** Shapes that senders use, as their documentation says. */
const shapes: Readonly<Record<string, Shape>> = {
  'Twitch: id, time and body without separators': {
    headers: { 'Twitch-Eventsub-Message-Id': id, 'Twitch-Eventsub-Message-Timestamp': iso },
    header: 'Twitch-Eventsub-Message-Signature',
    value: (signature) => `sha256=${signature}`,
    content: ({ body }) => `${id}${iso}${body}`,
    finds: {
      name: 'twitch',
      signedContent: '{id}{timestamp}{body}',
      timestamp: { header: 'Twitch-Eventsub-Message-Timestamp', unit: 'iso8601' },
      deliveryId: { header: 'Twitch-Eventsub-Message-Id' },
    },
  },
  'Box: body before time, an offset in the time': {
    headers: {
      'BOX-DELIVERY-ID': id,
      'BOX-DELIVERY-TIMESTAMP': '2026-03-17T01:00:00-08:00',
      'BOX-SIGNATURE-VERSION': '1',
      'BOX-SIGNATURE-SECONDARY': keyBytes.toString('base64'),
    },
    header: 'BOX-SIGNATURE-PRIMARY',
    content: ({ body }) => `${body}2026-03-17T01:00:00-08:00`,
    encoding: 'base64',
    finds: { name: 'box', signedContent: '{body}{timestamp}' },
  },
  'Persona: a group of pairs for each secret': {
    header: 'Persona-Signature',
    value: (signature) => `t=${seconds},v1=${'0'.repeat(64)} t=${seconds},v1=${signature}`,
    content: ({ body }) => `${seconds}.${body}`,
    finds: {
      name: 'persona',
      signedContent: '{timestamp}.{body}',
      timestamp: { header: 'Persona-Signature', key: 't', unit: 's' },
    },
  },
  'Hookdeck Outpost: several values in a pair': {
    header: 'X-Outpost-Signature',
    value: (signature) => `t=${seconds},v0=${'0'.repeat(64)},${signature}`,
    content: ({ body }) => `${seconds}.${body}`,
    finds: {
      name: 'outpost',
      signedContent: '{timestamp}.{body}',
      timestamp: { header: 'X-Outpost-Signature', key: 't', unit: 's' },
    },
  },
  'HubSpot v3: method, URL, body, time in milliseconds': {
    headers: { 'X-HubSpot-Request-Timestamp': ms },
    header: 'X-HubSpot-Signature-V3',
    content: ({ body }) => `POST${url}${body}${ms}`,
    encoding: 'base64',
    finds: {
      name: 'hubspot',
      signedContent: '{method}{url}{body}{timestamp}',
      url,
      timestamp: { header: 'X-HubSpot-Request-Timestamp', unit: 'ms' },
    },
  },
  'Square: URL and body': {
    header: 'x-square-hmacsha256-signature',
    content: ({ body }) => `${url}${body}`,
    encoding: 'base64',
    finds: { name: 'square', signedContent: '{url}{body}', url },
  },
  'Trello: body and URL, SHA-1': {
    header: 'X-Trello-Webhook',
    content: ({ body }) => `${body}${url}`,
    hash: 'sha1',
    encoding: 'base64',
    finds: { name: 'trello', signedContent: '{body}{url}', url },
  },
  'Paddle: pairs with a semicolon, a colon in the content': {
    header: 'Paddle-Signature',
    value: (signature) => `ts=${seconds};h1=${signature}`,
    content: ({ body }) => `${seconds}:${body}`,
    finds: {
      name: 'paddle',
      signature: {
        algorithm: 'hmac-sha256',
        header: 'Paddle-Signature',
        encoding: 'hex',
        pairs: { separator: ';', key: 'h1' },
      },
      signedContent: '{timestamp}:{body}',
      timestamp: { header: 'Paddle-Signature', key: 'ts', unit: 's' },
    },
  },
  'WorkOS: a blank after the comma of the pairs': {
    header: 'WorkOS-Signature',
    value: (signature) => `t=${ms}, v1=${signature}`,
    content: ({ body }) => `${ms}.${body}`,
    finds: {
      name: 'workos',
      signature: {
        algorithm: 'hmac-sha256',
        header: 'WorkOS-Signature',
        encoding: 'hex',
        pairs: { separator: ', ', key: 'v1' },
      },
      timestamp: { header: 'WorkOS-Signature', key: 't', unit: 'ms' },
    },
  },
  'Knock: base64 in pairs': {
    header: 'x-knock-signature',
    value: (signature) => `t=${ms},s=${signature}`,
    content: ({ body }) => `${ms}.${body}`,
    encoding: 'base64',
    finds: { name: 'knock', signedContent: '{timestamp}.{body}' },
  },
  'Ripple: the digest of the body, a key in base64': {
    header: 'X-Ripple-Signature',
    value: (signature) => `t=${ms},v1=${signature}`,
    content: ({ sha256 }) => `${ms}.${sha256('hex')}`,
    key: keyBytes,
    secret: keyBytes.toString('base64'),
    finds: {
      name: 'ripple',
      signedContent: '{timestamp}.{bodySha256Hex}',
      secret: { encoding: 'base64' },
    },
  },
  'Zoom: a version that the header shows': {
    headers: { 'x-zm-request-timestamp': seconds, 'x-zm-trackingid': 'v=2.0;clid=us04;rid=WEB_4bf92f3577' },
    header: 'x-zm-signature',
    value: (signature) => `v0=${signature}`,
    content: ({ body }) => `v0:${seconds}:${body}`,
    finds: { name: 'zm', signedContent: 'v0:{timestamp}:{body}' },
  },
  'Customer.io: a version that nothing shows': {
    headers: { 'X-CIO-Timestamp': seconds },
    header: 'X-CIO-Signature',
    content: ({ body }) => `v0:${seconds}:${body}`,
    finds: { name: 'cio', signedContent: 'v0:{timestamp}:{body}' },
  },
  'Zendesk: a secret that looks like base64 and is none': {
    headers: {
      'X-Zendesk-Webhook-Signature-Timestamp': '2026-03-17T09:00:00Z',
      'X-Zendesk-Webhook-Id': '01J',
    },
    header: 'X-Zendesk-Webhook-Signature',
    content: ({ body }) => `2026-03-17T09:00:00Z${body}`,
    encoding: 'base64',
    key: keyBytes.toString('base64'),
    secret: keyBytes.toString('base64'),
    finds: { name: 'zendesk', signedContent: '{timestamp}{body}', secret: undefined },
  },
  'Svix: a list, a key in base64 behind a prefix': {
    headers: { 'svix-id': 'msg_2Lh9KRb0pzN4LePd3XiA4v12Axj', 'svix-timestamp': seconds },
    header: 'svix-signature',
    value: (signature) => `v1,${signature} v1a,${keyBytes.toString('base64')}`,
    content: ({ body }) => `msg_2Lh9KRb0pzN4LePd3XiA4v12Axj.${seconds}.${body}`,
    encoding: 'base64',
    key: keyBytes,
    secret: `whsec_${keyBytes.toString('base64')}`,
    finds: {
      name: 'svix',
      signature: {
        algorithm: 'hmac-sha256',
        header: 'svix-signature',
        encoding: 'base64',
        prefix: 'v1,',
        list: { separator: ' ' },
      },
      signedContent: '{id}.{timestamp}.{body}',
      secret: { encoding: 'base64', prefix: 'whsec_' },
    },
  },
  'Supabase: a version before the prefix': {
    headers: { 'webhook-id': 'msg_2Lh9KRb0pzN4LePd3XiA4v12Axj', 'webhook-timestamp': seconds },
    header: 'webhook-signature',
    value: (signature) => `v1,${signature}`,
    content: ({ body }) => `msg_2Lh9KRb0pzN4LePd3XiA4v12Axj.${seconds}.${body}`,
    encoding: 'base64',
    key: keyBytes,
    secret: `v1,whsec_${keyBytes.toString('base64')}`,
    finds: {
      signedContent: '{id}.{timestamp}.{body}',
      secret: { encoding: 'base64', prefix: 'v1,whsec_' },
    },
  },
  'PagerDuty: a list with commas': {
    header: 'X-PagerDuty-Signature',
    value: (signature) => `v1=${keyBytes.toString('hex')},v1=${signature}`,
    content: ({ body }) => body,
    finds: { name: 'pagerduty', signedContent: '{body}' },
  },
  'Adyen: a key in hex': {
    header: 'HmacSignature',
    content: ({ body }) => body,
    encoding: 'base64',
    key: keyBytes,
    secret: keyBytes.toString('hex'),
    finds: { name: 'my-sender', secret: { encoding: 'hex' } },
  },
  'Teams: a word before the signature in Authorization, a key in base64': {
    header: 'Authorization',
    value: (signature) => `HMAC ${signature}`,
    content: ({ body }) => body,
    encoding: 'base64',
    key: keyBytes,
    secret: keyBytes.toString('base64'),
    finds: {
      name: 'my-sender',
      signature: { algorithm: 'hmac-sha256', header: 'Authorization', encoding: 'base64', prefix: 'HMAC ' },
      secret: { encoding: 'base64' },
    },
  },
  'a canonical request with a path, lines and the digest of the body': {
    headers: { 'X-Acme-Timestamp': seconds, 'X-Acme-Request-Id': 'req-88213' },
    header: 'X-Acme-Hmac',
    content: ({ sha256 }) => `PUT\n/hooks/in\n${seconds}\nreq-88213\n${sha256('hex')}`,
    method: 'PUT',
    hash: 'sha384',
    finds: {
      name: 'acme',
      signedContent: '{method}\n{url}\n{timestamp}\n{id}\n{bodySha256Hex}',
      url: '/hooks/in',
      methods: ['PUT'],
    },
  },
  'separators of two kinds': {
    headers: { 'X-Acme-Timestamp': seconds, 'X-Acme-Delivery': id },
    header: 'X-Acme-Signature',
    content: ({ body }) => `${id}:${seconds}.${body}`,
    finds: { signedContent: '{id}:{timestamp}.{body}' },
  },
}

test.each(Object.entries(shapes))('%s', async (_, { finds, secret: given = secret, ...signed }) => {
  const { candidates, effort }: Discovery = await discover([signByHand(signed)], { secret: given })

  expect({ secret: undefined, ...candidates[0]?.scheme }).toMatchObject(finds)
  expect(effort.digests).toBeLessThan(100_000)
})
