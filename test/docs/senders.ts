import {
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
  ACME_SECRET: 'acme-secret-for-the-pages-32-byte',
} as const

/** Who delivers to a page's program, by the last part of its route: `/webhooks/visibuild`. */
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
  scratcher: createSender({
    scheme: scratcher(),
    secret: { username: environment.SCRATCHER_USERNAME, password: environment.SCRATCHER_PASSWORD },
  }),
}
