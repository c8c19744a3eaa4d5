import { github, hmacScheme, shopify, slack, standardWebhooks, stripe } from '@countersign/core/schemes'
import { createSender, type SenderOptions, type SignOptions } from '@countersign/testing'
import { expect, test } from 'vitest'

interface Published {
  readonly source: string
  readonly scheme: SenderOptions['scheme']
  readonly secret: string
  readonly options: SignOptions
  readonly header: string
  readonly signature: string
}

const header = 'X-Signature'
const published: readonly Published[] = [
  {
    source: 'github/docs, validating-webhook-deliveries.md',
    scheme: github(),
    secret: "It's a Secret to Everybody",
    options: { body: 'Hello, World!' },
    header: 'X-Hub-Signature-256',
    signature: 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
  },
  {
    source: 'standard-webhooks/standard-webhooks, webhook.test.ts',
    scheme: standardWebhooks(),
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    options: {
      body: '{"test": 2432232314}',
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      timestamp: 1_614_265_330_000,
    },
    header: 'webhook-signature',
    signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  },
  {
    source: 'svix/svix-docs, how-manual.mdx',
    scheme: standardWebhooks({ headerPrefix: 'svix-' }),
    secret: 'whsec_plJ3nmyCDGBKInavdOK15jsl',
    options: {
      body: '{"event_type":"ping","data":{"success":true}}',
      id: 'msg_loFOjxBNrRLzqYUf',
      timestamp: 1_731_705_121_000,
    },
    header: 'svix-signature',
    signature: 'v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=',
  },
  {
    source: 'slackapi/python-slack-sdk, test_signature_verifier.py',
    scheme: slack(),
    secret: '8f742231b10e8888abcd99yyyzzz85a5',
    options: {
      body: 'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c',
      timestamp: 1_531_420_618_000,
    },
    header: 'X-Slack-Signature',
    signature: 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
  },
  {
    source: 'Shopify/shopify-app-js, validate.test.ts',
    scheme: shopify(),
    secret: 'test_secret_key',
    options: { body: '{"foo": "bar"}' },
    header: 'X-Shopify-Hmac-SHA256',
    signature: 'B23tXN681gZ0qIWNRrgtzBE9XSDo5yaUu6wfmhu3a7g=',
  },
  {
    source: 'PaddleHQ/paddle-node-sdk, webhooks-validator.node.test.ts',
    scheme: hmacScheme({
      name: 'paddle',
      header,
      pairs: { separator: ';', key: 'h1' },
      signedContent: '{timestamp}:{body}',
      timestamp: { header, key: 'ts', unit: 's' },
    }),
    secret: 'VALID_SECRET',
    options: { body: '{"data": ["1", "2"]}', timestamp: 1_698_796_800_000 },
    header,
    signature: 'ts=1698796800;h1=a300428748dce5c70e4da19bffd60769591ea969c99dea3105d0ec9612cf43f9',
  },
  {
    source: 'sanity-io/webhook-toolkit, signature.test.ts',
    scheme: hmacScheme({
      name: 'sanity',
      header,
      encoding: 'base64url',
      pairs: { separator: ',', key: 'v1' },
      signedContent: '{timestamp}.{body}',
      timestamp: { header, key: 't', unit: 'ms' },
    }),
    secret: 'test',
    options: { payload: { _id: 'resume' }, timestamp: 1_633_519_811_129 },
    header,
    signature: 't=1633519811129,v1=tLa470fx7qkLLEcMOcEUFuBbRSkGujyskxrNXcoh0N0',
  },
  {
    source: 'frain-dev/convoy, verifier_test.go',
    scheme: hmacScheme({ name: 'convoy', header, algorithm: 'hmac-sha512' }),
    secret: 'Convoy',
    options: { body: 'Test Payload Body' },
    header,
    signature:
      '83306382f5361d35351d6de45998f23b52f40bcf96befe4e92f137c0f1bf4a7119388b238d8f9d502ac77e6f1a8849a4778272667ed88d530cac8050bd1fee2d',
  },
  {
    source: 'frain-dev/convoy, signature-vectors.json',
    scheme: { ...stripe(), signedContent: '{timestamp},{body}' },
    secret: 'convoy-webhook-secret',
    options: {
      body: '{"event":"charge.success","amount":1000,"currency":"NGN"}',
      timestamp: 1_700_000_000_000,
    },
    header: 'Stripe-Signature',
    signature: 't=1700000000,v1=77b8b9269f25a199846a55a2bd25b3fba151c70fdae60bb1dcd87fbbc943c55c',
  },
]

test.each(published)('the sender writes what $source has published', (known) => {
  const { scheme, secret, options, header: name, signature } = known
  const { headers } = createSender({ scheme, secret }).sign(options)
  expect(headers.find(([given]) => given === name)?.[1]).toBe(signature)
})
