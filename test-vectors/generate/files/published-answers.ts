import { github, shopify, slack, standardWebhooks, stripe } from '@countersign/core/schemes'
import type { GroupDraft } from '../case-draft.js'
import { answersOf } from '../publication.js'

const githubPage = answersOf({
  scheme: github(),
  secret: "It's a Secret to Everybody",
  source: 'github/docs, content/webhooks/using-webhooks/validating-webhook-deliveries.md',
})
const octokit = answersOf({
  scheme: github(),
  secret: 'development',
  source: 'octokit/webhooks-methods.js, test/verify.test.ts',
})
const goGithub = answersOf({
  scheme: github(),
  secret: '0123456789abcdef',
  source: 'google/go-github, github/messages_test.go',
})

const hub = (mac: string) => ['X-Hub-Signature-256', `sha256=${mac}`] as const
const json = ['Content-Type', 'application/json'] as const

export const githubAnswers: readonly GroupDraft[] = [
  githubPage.group(
    githubPage.unparsable({
      comment: 'Hello, World!, which is no JSON',
      headers: [hub('757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17')],
      body: 'Hello, World!',
    }),
  ),
  octokit.group(
    octokit.valid({
      comment: 'escapes and hearts',
      headers: [hub('afecc3caa27548bb90d51a50384cb2868b9a3327b4ad6a01c9bd4ed0f8b0b12c')],
      body: '{"foo":"Foo\\n\\u001B[34mbar: ♥♥♥♥♥♥♥♥\\nthis-is-lost\\u001B[0m\\u001B[2K"}',
    }),
    octokit.mismatch({
      comment: 'another secret',
      headers: [hub('4864d2759938a15468b5df9ade20bf161da9b4f737ea61794142f3484236bda3')],
      body: '{"foo":"bar"}',
    }),
  ),
  goGithub.group(
    goGithub.valid({
      comment: 'a small body',
      headers: [hub('b1f8020f5b4cd42042f807dd939015c4a418bc1ff7f604dd55b0a19b5d953d9b'), json],
      body: '{"yo":true}',
    }),
  ),
]

const standard = answersOf({
  scheme: standardWebhooks(),
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  source: 'standard-webhooks/standard-webhooks, libraries/javascript/src/webhook.test.ts',
})
const openai = answersOf({
  scheme: standardWebhooks(),
  secret: 'whsec_RdvaYFYUXuIFuEbvZHwMfYFhUf7aMYjYcmM24+Aj40c=',
  source: 'openai/openai-node, tests/lib/webhooks.test.ts',
})

const standardTime = 1_614_265_330_000
const right = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='
const old = 'Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc='
const standardAnswer = (comment: string, signature: string, now = standardTime) => ({
  comment,
  headers: [
    ['webhook-id', 'msg_p5jXN8AQM9LWM0D4loKWxJek'],
    ['webhook-timestamp', '1614265330'],
    ['webhook-signature', signature],
  ] as const,
  body: '{"test": 2432232314}',
  now,
})
const standardDelivery = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: standardTime }

export const standardWebhooksAnswers: readonly GroupDraft[] = [
  standard.group(
    standard.valid(standardAnswer('one signature', right), standardDelivery),
    standard.valid(
      standardAnswer('a list during a rotation', `v1,${old} v2,${old} ${right} v1,${old}`),
      standardDelivery,
    ),
    standard.mismatch(standardAnswer('the last letter changed', right.replace('OE=', 'OA='))),
    standard.malformed(standardAnswer('no signature behind the version', 'v1,')),
    standard.future(standardAnswer('301 seconds ahead', right, standardTime - 301_000)),
    standard.stale(standardAnswer('301 seconds old', right, standardTime + 301_000)),
  ),
  openai.group(
    openai.valid(
      {
        comment: 'response.completed',
        headers: [
          ['webhook-id', 'wh_685c059ae39c8190af8c71ed1022a24d'],
          ['webhook-timestamp', '1750861210'],
          ['webhook-signature', 'v1,gUAg4R2hWouRZqRQG4uJypNS8YK885G838+EHb4nKBY='],
        ],
        body: '{"id": "evt_685c059ae3a481909bdc86819b066fb6", "object": "event", "created_at": 1750861210, "type": "response.completed", "data": {"id": "resp_123"}}',
        now: 1_750_861_210_000,
      },
      {
        id: 'wh_685c059ae39c8190af8c71ed1022a24d',
        event: 'response.completed',
        timestamp: 1_750_861_210_000,
      },
    ),
  ),
]

const stripeDotnet = answersOf({
  scheme: stripe(),
  secret: 'webhook_secret',
  source: 'stripe/stripe-dotnet, src/StripeTests/Services/Events/EventUtilityTest.cs',
})
const stripeBody = `${JSON.stringify(
  {
    id: 'evt_123',
    object: 'event',
    account: 'acct_123',
    api_version: '2017-05-25',
    created: 1533204620,
    data: {
      object: {
        id: 'cus_123',
        object: 'customer',
        created: 123456789,
        email: 'test@stripe.com',
        livemode: false,
        metadata: {},
      },
    },
    livemode: false,
    pending_webhooks: 1,
    request: { id: 'req_123', idempotency_key: 'idempotency-key-123' },
    type: 'customer.created',
  },
  undefined,
  2,
)}\n`
const stripeAnswer = (comment: string, body: string) => ({
  comment,
  headers: [
    [
      'Stripe-Signature',
      't=1533204620,v1=2220f87ef101a04665f11cdf770523143f875572008577fa0f20882ddb9cc3c7,v0=63f3a72374a733066c4be69ed7f8e5ac85c22c9f0a6a612ab9a025a9e4ee7eef',
    ],
  ] as const,
  body,
  now: 1_533_204_720_000,
})

export const stripeAnswers: readonly GroupDraft[] = [
  stripeDotnet.group(
    stripeDotnet.valid(stripeAnswer('customer.created, with a v0 beside', stripeBody), {
      id: 'evt_123',
      event: 'customer.created',
      timestamp: 1_533_204_620_000,
    }),
    stripeDotnet.mismatch(stripeAnswer('another body', `${stripeBody}this_changes_the_json`)),
  ),
]

const slackPage = answersOf({
  scheme: slack(),
  secret: '8f742231b10e8888abcd99yyyzzz85a5',
  source: 'slackapi/python-slack-sdk, tests/slack_sdk/signature/test_signature_verifier.py',
})
const slackBody =
  'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c'
const slackAnswer = (comment: string, body: string) => ({
  comment,
  headers: [
    ['X-Slack-Request-Timestamp', '1531420618'],
    ['X-Slack-Signature', 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503'],
    ['Content-Type', 'application/x-www-form-urlencoded'],
  ] as const,
  body,
  now: 1_531_420_618_000,
})

export const slackAnswers: readonly GroupDraft[] = [
  slackPage.group(
    slackPage.valid(slackAnswer('a slash command', slackBody), { timestamp: 1_531_420_618_000 }),
    slackPage.mismatch(slackAnswer('a slash command with dashes behind it', `${slackBody}------`)),
  ),
]

const shopifyApp = answersOf({
  scheme: shopify(),
  secret: 'test_secret_key',
  source: 'Shopify/shopify-app-js, packages/apps/shopify-api/lib/webhooks/__tests__/validate.test.ts',
})

export const shopifyAnswers: readonly GroupDraft[] = [
  shopifyApp.group(
    shopifyApp.valid(
      {
        comment: 'PRODUCTS_CREATE',
        headers: [
          ['X-Shopify-Hmac-Sha256', 'B23tXN681gZ0qIWNRrgtzBE9XSDo5yaUu6wfmhu3a7g='],
          ['X-Shopify-Topic', 'PRODUCTS_CREATE'],
          ['X-Shopify-API-Version', '2023-01'],
          ['X-Shopify-Shop-Domain', 'shop1.myshopify.io'],
          ['X-Shopify-Webhook-Id', '123456789'],
        ],
        body: '{"foo": "bar"}',
      },
      { id: '123456789', event: 'PRODUCTS_CREATE' },
    ),
  ),
]
