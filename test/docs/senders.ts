import { createHmac, createPrivateKey, sign as signBytes } from 'node:crypto'
import {
  customScheme,
  embeddable,
  fingerprintingApi,
  github,
  scratcher,
  slack,
  stripe,
  visibuild,
  visisto,
} from '@countersign/core/schemes'
import { createSender, type Sender } from '@countersign/testing'

/** The environment that the pages' programs read. */
export const environment = {
  PORT: '0',
  VISISTO_SECRET: 'visisto-secret-for-the-pages-32b',
  FINGERPRINTING_API_SECRET: 'fingerprinting-secret-for-pages',
  EMBEDDABLE_SECRET: 'embeddable-secret-for-the-pages',
  VISIBUILD_SECRET: 'visibuild-secret-for-the-pages-32',
  VISIBUILD_SECRET_OLD: 'visibuild-secret-of-last-year-32',
  SCRATCHER_USERNAME: 'scratcher',
  SCRATCHER_PASSWORD: 'scratcher-password-for-the-pages',
  STRIPE_WEBHOOK_SECRET: 'whsec_for_the_pages_of_this_suite',
  GITHUB_WEBHOOK_SECRET: 'github-secret-for-the-pages-32-by',
  SLACK_SIGNING_SECRET: 'slack-secret-for-the-pages-32-byte',
  // RFC 8032 section 7.1, test 1.
  DISCORD_PUBLIC_KEY: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
  TWILIO_AUTH_TOKEN: 'twilio-token-for-the-pages-32-byt',
  META_APP_SECRET: 'meta-app-secret-for-the-pages-32b',
  META_VERIFY_TOKEN: 'meta-verify-token-for-the-pages',
  ACME_SECRET: 'acme-secret-for-the-pages-32-byte',
} as const

const discordKey = createPrivateKey({
  // RFC 8410: the seed in PKCS #8.
  key: Buffer.from(
    '302e020100300506032b657004220420' + '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    'hex',
  ),
  format: 'der',
  type: 'pkcs8',
})

const discord = customScheme({
  name: 'discord',
  timestamp: { header: 'X-Signature-Timestamp', unit: 's' },
  verify: () => undefined,
  sign({ headers, body }) {
    const content = Buffer.concat([Buffer.from(headers['x-signature-timestamp'] ?? ''), body])
    return { 'X-Signature-Ed25519': signBytes(null, content, discordKey).toString('hex') }
  },
})

const twilio = customScheme({
  name: 'twilio',
  verify: () => undefined,
  sign({ url, body }, token) {
    const fields = [...new URLSearchParams(Buffer.from(body).toString())].map((pair) => pair.join('')).sort()
    const content = `https://shop.example.com${new URL(url).pathname}${fields.join('')}`
    return { 'X-Twilio-Signature': createHmac('sha1', token).update(content).digest('base64') }
  },
})
const meta = customScheme({
  name: 'meta',
  verify: () => undefined,
  sign: ({ body }, secret) => ({
    'X-Hub-Signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
  }),
})
const twilioSender = createSender({ scheme: twilio, secret: environment.TWILIO_AUTH_TOKEN })
const message = { MessageSid: 'SM1', From: '+14158675309', To: '+18005551212', Body: 'Hello & more' }

/** The sender for a page's program, by the last part of its route, as in `/webhooks/visibuild`. */
export const senders: Readonly<Record<string, Sender>> = {
  visisto: createSender({ scheme: visisto(), secret: environment.VISISTO_SECRET }),
  'fingerprinting-api': createSender({
    scheme: fingerprintingApi({ event: 'NEW_VISIT' }),
    secret: environment.FINGERPRINTING_API_SECRET,
  }),
  embeddable: createSender({ scheme: embeddable(), secret: environment.EMBEDDABLE_SECRET }),
  visibuild: createSender({ scheme: visibuild(), secret: environment.VISIBUILD_SECRET }),
  stripe: createSender({ scheme: stripe(), secret: environment.STRIPE_WEBHOOK_SECRET }),
  github: createSender({ scheme: github(), secret: environment.GITHUB_WEBHOOK_SECRET }),
  slack: createSender({ scheme: slack(), secret: environment.SLACK_SIGNING_SECRET }),
  discord: createSender({ scheme: discord, secret: 'a private key' }),
  meta: createSender({ scheme: meta, secret: environment.META_APP_SECRET }),
  twilio: { ...twilioSender, sign: (options) => twilioSender.sign({ form: message, ...options }) },
  scratcher: createSender({
    scheme: scratcher(),
    secret: { username: environment.SCRATCHER_USERNAME, password: environment.SCRATCHER_PASSWORD },
  }),
}
