import type { SchemeDescriptor } from '@countersign/core'
import { defineScheme } from '@countersign/core'
import {
  embeddable,
  fingerprintingApi,
  github,
  scratcher,
  shopify,
  slack,
  standardWebhooks,
  stripe,
  visibuild,
  visisto,
} from '@countersign/core/schemes'
import { type Explanation, explain } from '@countersign/diagnosis'
import { createSender } from '@countersign/testing'
import { now } from './signed.js'

export const url = 'https://shop.example.com/hooks'

/** The suite's ten, and shapes of which it has none. */
export const schemes: readonly SchemeDescriptor[] = [
  visisto({ timestamp: false }),
  fingerprintingApi({ event: 'NEW_VISIT', proof: 'hmac' }),
  embeddable(),
  visibuild(),
  scratcher({ proof: 'hmac', header: 'X-Scratcher-Signature', encoding: 'base64' }),
  standardWebhooks(),
  github(),
  stripe(),
  slack(),
  shopify(),
  defineScheme({
    name: 'over-the-url',
    url,
    signature: { algorithm: 'hmac-sha1', header: 'X-Acme', encoding: 'base64' },
    signedContent: '{url}{body}',
  }),
  defineScheme({
    name: 'of-many-parts',
    signature: {
      algorithm: 'hmac-sha512',
      header: 'X-Acme-Signature',
      encoding: 'base64url',
      pairs: { separator: ';', key: 'h1' },
    },
    signedContent: '{timestamp}:{id}:{body}',
    timestamp: { header: 'X-Acme-Signature', key: 'ts', unit: 'ms' },
    deliveryId: { header: 'X-Acme-Id' },
  }),
]

export function secretFor({ name }: SchemeDescriptor): string {
  if (name === 'standard-webhooks') return 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
  return name === 'stripe' ? 'whsec_5WbX5kEWLlfzsGNjH64I8lOOqUB6e8FH' : `${name}+secret/0123456789`
}

/** How a delivery was signed, and what came of it. */
export interface Composition {
  readonly scheme: SchemeDescriptor
  /** Default: as the scheme says. */
  readonly signedWith?: SchemeDescriptor
  readonly signed: Uint8Array
  readonly received: Uint8Array
  readonly configured?: string
  readonly headers?: (
    headers: readonly (readonly [string, string])[],
  ) => readonly (readonly [string, string])[]
}

/** Has the reference sender sign it, and explains what came. */
export function explainComposed(composition: Composition): Promise<Explanation> {
  const { scheme, signedWith = scheme, signed, received, configured, headers = (list) => list } = composition
  const secret = secretFor(scheme)
  const request = createSender({ scheme: signedWith, secret, now: () => now }).sign({ body: signed, url })
  return explain(
    { method: 'POST', url, headers: headers(request.headers), body: received, notes: [] },
    { scheme, secrets: [{ id: 'SECRET', value: configured ?? secret }], now },
  )
}

/** What was not explained by a proof with all these targets. */
export async function unprovedOf(
  cases: readonly (readonly [name: string, targets: readonly string[], composition: Composition])[],
): Promise<readonly string[]> {
  const unproved: string[] = []
  for (const [name, targets, composition] of cases) {
    const { verdict, findings } = await explainComposed(composition)
    const proofs = findings.filter(({ level }) => level === 'proof').map(({ target }) => plainTarget(target))
    if (verdict !== 'explained' || !targets.every((target) => proofs.includes(target)))
      unproved.push(`${composition.scheme.name}: ${name}: ${verdict} ${proofs.join()}`)
  }
  return unproved
}

/** Where a signature stands and how it is written is one thing to what happens on its way. */
function plainTarget(target: string): string {
  return target === 'encoding' ? 'header' : target
}

/** Every so many-th of all that could be combined: enough of each, in little time. */
export function everyNth<TItem>(items: readonly TItem[], count: number): readonly TItem[] {
  const step = Math.max(1, items.length / count)
  return Array.from(
    { length: Math.min(count, items.length) },
    (_, index) => items[Math.floor(index * step)] as TItem,
  )
}
