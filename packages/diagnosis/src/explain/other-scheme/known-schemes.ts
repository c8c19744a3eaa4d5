import type { Scheme } from '@countersign/core'
import {
  embeddable,
  fingerprintingApi,
  github,
  shopify,
  slack,
  standardWebhooks,
  stripe,
  visibuild,
  visisto,
} from '@countersign/core/schemes'

/** A sender that its headers identify. Basic credentials and tokens in the URL identify none. */
export interface KnownScheme {
  readonly scheme: Scheme
  /** The code that creates the scheme. */
  readonly code: string
  /** Matches its header names in lower case. */
  readonly headers: RegExp
  /** Many senders use this name, so it is weak evidence. */
  readonly isCommon?: true
  /** The command line does not have it under this name. */
  readonly isUnnamed?: true
}

/** Senders with their own header names come first, so that shared names do not decide. */
export const knownSchemes: readonly KnownScheme[] = [
  { scheme: visibuild(), code: 'visibuild()', headers: /^x-visibuild-/ },
  { scheme: visisto(), code: 'visisto()', headers: /^x-visisto-/ },
  { scheme: stripe(), code: 'stripe()', headers: /^stripe-signature$/ },
  { scheme: slack(), code: 'slack()', headers: /^x-slack-/ },
  { scheme: shopify(), code: 'shopify()', headers: /^x-shopify-/ },
  { scheme: github(), code: 'github()', headers: /^x-(github-|hub-signature)/ },
  {
    scheme: standardWebhooks(),
    code: 'standardWebhooks()',
    headers: /^webhook-(id|timestamp|signature)$/,
  },
  {
    scheme: standardWebhooks({ headerPrefix: 'svix-' }),
    code: "standardWebhooks({ headerPrefix: 'svix-' })",
    headers: /^svix-(id|timestamp|signature)$/,
    isUnnamed: true,
  },
  {
    scheme: fingerprintingApi({ event: 'NEW_VISIT' }),
    code: "fingerprintingApi({ event: 'NEW_VISIT' })",
    headers: /^x-webhook-signature$/,
    isCommon: true,
  },
  { scheme: embeddable(), code: 'embeddable()', headers: /^x-signature$/, isCommon: true },
]
