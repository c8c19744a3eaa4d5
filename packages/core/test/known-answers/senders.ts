import {
  github,
  hmacScheme,
  type Scheme,
  shopify,
  slack,
  standardWebhooks,
  stripe,
} from '@countersign/core/schemes'

/** The schemes of the senders whose answers are known, in the words of the generic constructor where there is no scheme. */
const senders: Record<string, (url: string) => Scheme> = {
  github: () => github(),
  'github-sha1': () =>
    hmacScheme({
      name: 'github-sha1',
      header: 'X-Hub-Signature',
      algorithm: 'hmac-sha1',
      prefix: 'sha1=',
      formJsonField: 'payload',
    }),
  'standard-webhooks': () => standardWebhooks(),
  svix: () => standardWebhooks({ headerPrefix: 'svix-' }),
  slack: () => slack(),
  stripe: () => stripe(),
  shopify: () => shopify(),
  adyen: () =>
    hmacScheme({ name: 'adyen', header: 'HmacSignature', encoding: 'base64', secret: { encoding: 'hex' } }),
  bitbucket: () =>
    hmacScheme({
      name: 'bitbucket',
      header: 'X-Hub-Signature',
      prefix: 'sha256=',
      eventType: { header: 'X-Event-Key' },
    }),
  box: () =>
    hmacScheme({
      name: 'box',
      header: 'box-signature-primary',
      moreHeaders: ['box-signature-secondary'],
      encoding: 'base64',
      signedContent: '{body}{timestamp}',
      timestamp: { header: 'box-delivery-timestamp', unit: 'iso8601' },
      deliveryId: { header: 'box-delivery-id' },
    }),
  calendly: () =>
    hmacScheme({
      name: 'calendly',
      header: 'Calendly-Webhook-Signature',
      pairs: { separator: ',', key: 'v1' },
      signedContent: '{timestamp}.{body}',
      timestamp: { header: 'Calendly-Webhook-Signature', key: 't', unit: 's' },
    }),
  circleci: () =>
    hmacScheme({ name: 'circleci', header: 'circleci-signature', prefix: 'v1=', list: { separator: ',' } }),
  'cloudflare-stream': () =>
    hmacScheme({
      name: 'cloudflare-stream',
      header: 'Webhook-Signature',
      pairs: { separator: ',', key: 'sig1' },
      signedContent: '{timestamp}.{body}',
      timestamp: { header: 'Webhook-Signature', key: 'time', unit: 's' },
    }),
  'coinbase-commerce': () => hmacScheme({ name: 'coinbase-commerce', header: 'X-CC-Webhook-Signature' }),
  convoy: () => hmacScheme({ name: 'convoy', header: 'X-Convoy-Signature' }),
  'convoy-sha512': () =>
    hmacScheme({ name: 'convoy', header: 'X-Convoy-Signature', algorithm: 'hmac-sha512' }),
  'convoy-advanced': () => convoyAdvanced('hmac-sha256'),
  'convoy-advanced-sha512': () => convoyAdvanced('hmac-sha512'),
  easypost: () => hmacScheme({ name: 'easypost', header: 'X-Hmac-Signature', prefix: 'hmac-sha256-hex=' }),
  gitea: () =>
    hmacScheme({ name: 'gitea', header: 'X-Gitea-Signature', eventType: { header: 'X-Gitea-Event' } }),
  gocardless: () => hmacScheme({ name: 'gocardless', header: 'Webhook-Signature' }),
  gogs: () =>
    hmacScheme({
      name: 'gogs',
      header: 'X-Gogs-Signature',
      deliveryId: { header: 'X-Gogs-Delivery' },
      eventType: { header: 'X-Gogs-Event' },
    }),
  hubspot: (url) =>
    hmacScheme({
      name: 'hubspot',
      header: 'X-HubSpot-Signature-V3',
      encoding: 'base64',
      signedContent: '{method}{url}{body}{timestamp}',
      url,
      timestamp: { header: 'X-HubSpot-Request-Timestamp', unit: 'ms' },
    }),
  line: () => hmacScheme({ name: 'line', header: 'x-line-signature', encoding: 'base64' }),
  onfido: () => hmacScheme({ name: 'onfido', header: 'X-SHA2-Signature' }),
  outpost: () => outpost('hmac-sha256'),
  'outpost-sha1': () => outpost('hmac-sha1'),
  paddle: () =>
    hmacScheme({
      name: 'paddle',
      header: 'Paddle-Signature',
      pairs: { separator: ';', key: 'h1' },
      signedContent: '{timestamp}:{body}',
      timestamp: { header: 'Paddle-Signature', key: 'ts', unit: 's' },
    }),
  pagerduty: () =>
    hmacScheme({
      name: 'pagerduty',
      header: 'X-PagerDuty-Signature',
      prefix: 'v1=',
      list: { separator: ',' },
    }),
  pusher: () => hmacScheme({ name: 'pusher', header: 'X-Pusher-Signature' }),
  qonto: () => hmacScheme({ name: 'qonto', header: 'Qonto-SHA256-Signature' }),
  razorpay: () => hmacScheme({ name: 'razorpay', header: 'X-Razorpay-Signature' }),
  recurly: () =>
    hmacScheme({
      name: 'recurly',
      header: 'recurly-signature',
      list: { separator: ',' },
      signedContent: '{timestamp}.{body}',
      timestamp: { header: 'recurly-signature', position: 0, unit: 'ms' },
    }),
  sanity: () =>
    hmacScheme({
      name: 'sanity',
      header: 'sanity-webhook-signature',
      encoding: 'base64url',
      pairs: { separator: ',', key: 'v1' },
      signedContent: '{timestamp}.{body}',
      timestamp: { header: 'sanity-webhook-signature', key: 't', unit: 'ms' },
    }),
  square: (url) =>
    hmacScheme({
      name: 'square',
      header: 'x-square-hmacsha256-signature',
      encoding: 'base64',
      signedContent: '{url}{body}',
      url,
    }),
  x: () =>
    hmacScheme({ name: 'x', header: 'X-Twitter-Webhooks-Signature', encoding: 'base64', prefix: 'sha256=' }),
  zendesk: () =>
    hmacScheme({
      name: 'zendesk',
      header: 'X-Zendesk-Webhook-Signature',
      encoding: 'base64',
      signedContent: '{timestamp}{body}',
      timestamp: { header: 'X-Zendesk-Webhook-Signature-Timestamp', unit: 'iso8601' },
    }),
}

function convoyAdvanced(algorithm: 'hmac-sha256' | 'hmac-sha512'): Scheme {
  return hmacScheme({
    name: 'convoy',
    header: 'X-Convoy-Signature',
    algorithm,
    pairs: { separator: ',', key: 'v1' },
    signedContent: '{timestamp},{body}',
    timestamp: { header: 'X-Convoy-Signature', key: 't', unit: 's' },
  })
}

function outpost(algorithm: 'hmac-sha256' | 'hmac-sha1'): Scheme {
  return hmacScheme({
    name: 'outpost',
    header: 'x-outpost-signature',
    algorithm,
    pairs: { separator: ',', key: 'v0', values: { separator: ',' } },
    signedContent: '{timestamp}.{body}',
    timestamp: { header: 'x-outpost-signature', key: 't', unit: 's' },
  })
}

/** @param url the public URL, for senders that sign it */
export function schemeOf(sender: string, url = 'https://example.com/hooks'): Scheme {
  const make = senders[sender]
  if (make === undefined) throw new Error(`No scheme for the sender "${sender}"`)
  return make(url)
}
