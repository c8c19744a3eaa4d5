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

/** A sender that is told by its headers. Basic credentials and tokens in the URL tell none. */
export interface KnownScheme {
  readonly scheme: Scheme
  /** How it is made in code. */
  readonly code: string
  /** Its headers, all in lower case. */
  readonly headers: RegExp
  /** Many senders use that name, so that it tells little. */
  readonly isCommon?: true
  /** The command line has it by another name, or not at all. */
  readonly isUnnamed?: true
}

/** Those who name their headers after themselves come first: what they share with others then tells nothing more. */
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
