import type { Scheme, SecretValue } from '@countersign/core'
import * as schemes from '@countersign/core/schemes'
import { explain } from '@countersign/diagnosis'
import { createSender } from '@countersign/testing'
import { describe, expect, test } from 'vitest'

const key = 'k3y-of-the-sender-0123456789abcdef'
const standard = `whsec_${Buffer.from(key).toString('base64')}`
const at = 1_773_738_000_000

/** Every scheme that the command line knows by its name, and how its own secret looks. */
const known: Readonly<
  Record<string, { readonly scheme: Scheme; readonly secret: string; readonly header?: string }>
> = {
  visisto: { scheme: schemes.visisto(), secret: key, header: 'X-Visisto-Signature' },
  'fingerprinting-api': {
    scheme: schemes.fingerprintingApi({ event: 'NEW_VISIT' }),
    secret: key,
    header: 'X-Webhook-Signature',
  },
  embeddable: { scheme: schemes.embeddable(), secret: key, header: 'X-Signature' },
  visibuild: { scheme: schemes.visibuild(), secret: key, header: 'X-Visibuild-Signature' },
  'standard-webhooks': { scheme: schemes.standardWebhooks(), secret: standard, header: 'webhook-signature' },
  github: { scheme: schemes.github(), secret: key, header: 'X-Hub-Signature-256' },
  stripe: { scheme: schemes.stripe(), secret: key, header: 'Stripe-Signature' },
  slack: { scheme: schemes.slack(), secret: key, header: 'X-Slack-Signature' },
  shopify: { scheme: schemes.shopify(), secret: key, header: 'X-Shopify-Hmac-SHA256' },
}
const configured = { ...known, scratcher: { scheme: schemes.scratcher(), secret: 'user:pass-0123456789' } }
const pairs = Object.keys(known).flatMap((sender) =>
  Object.keys(configured)
    .filter((name) => name !== sender)
    .map((name) => [sender, name] as const),
)

function explainAs(sender: string, name: string, value: SecretValue) {
  const { scheme, secret } = known[sender] as (typeof known)[string]
  const request = createSender({ scheme, secret, now: () => at }).sign({ url: 'https://shop.example.com/' })
  return explain(
    { ...request, notes: [] },
    {
      scheme: (configured as typeof known)[name]?.scheme as Scheme,
      secrets: [{ id: 'IN_USE', value }],
      now: at,
      budgetMs: 150,
    },
  )
}

describe('a delivery of another scheme is told', () => {
  test.each(pairs)('of %s under %s, with another secret', async (sender, name) => {
    const { verdict, findings } = await explainAs(
      sender,
      name,
      name === 'scratcher' ? 'user:pass-01234567' : standard.replace('whsec_a', 'whsec_b'),
    )

    expect(verdict).toBe('unexplained')
    expect(findings[0]?.cause).toBe('sig.header-missing')
    expect(findings[0]?.advice).toContain(`"${known[sender]?.header}" came, which is of "${sender}"`)
    expect(findings[1]).toMatchObject({ cause: 'request.other-scheme', level: 'hint', scheme: sender })
    expect(findings[1]?.advice).toContain(`"${sender}"`)
    expect(findings[1]?.advice).toMatch(/Use \w+\(.*\) of @countersign\/core\/schemes/)
  })

  test.each(Object.keys(known).filter((name) => name !== 'fingerprinting-api'))(
    'of %s, and proved with its secret',
    async (sender) => {
      const name = sender === 'github' ? 'stripe' : 'github'
      const { verdict, findings } = await explainAs(sender, name, known[sender]?.secret ?? '')

      expect(verdict).toBe('explained')
      expect(findings).toHaveLength(1)
      expect(findings[0]).toMatchObject({ cause: 'request.other-scheme', level: 'proof', scheme: sender })
      expect(findings[0]?.advice).toContain(`is signed as a delivery of "${sender}"`)
    },
  )

  test('also where it is too old by that scheme', async () => {
    const request = createSender({ scheme: schemes.visibuild(), secret: key, now: () => at }).sign()
    const { findings } = await explain(
      { ...request, notes: [] },
      { scheme: schemes.github(), secrets: [{ id: 'IN_USE', value: key }], now: at + 9_000_000 },
    )
    expect(findings[0]).toMatchObject({ cause: 'request.other-scheme', level: 'proof' })
  })

  test('also by what stands beside a signature that was lost', async () => {
    const { headers, ...request } = createSender({ scheme: schemes.visibuild(), secret: key }).sign()
    const left = headers.filter(([name]) => name !== 'X-Visibuild-Signature')
    const { findings } = await explain(
      { ...request, headers: left, notes: [] },
      { scheme: schemes.github(), secrets: [{ id: 'IN_USE', value: key }], budgetMs: 100 },
    )
    expect(findings[1]).toMatchObject({ cause: 'request.other-scheme', scheme: 'visibuild' })
  })

  test("Svix's own headers take an option, which is said", async () => {
    const scheme = schemes.standardWebhooks({ headerPrefix: 'svix-' })
    const request = createSender({ scheme, secret: standard }).sign()
    const { findings } = await explain(
      { ...request, notes: [] },
      { scheme: schemes.standardWebhooks(), secrets: [{ id: 'IN_USE', value: key }], budgetMs: 100 },
    )
    const other = findings.find(({ cause }) => cause === 'request.other-scheme')
    expect(other?.advice).toContain("standardWebhooks({ headerPrefix: 'svix-' })")
    expect(other).not.toHaveProperty('scheme')
  })
})

describe('no other scheme is told', () => {
  const explainWith = (scheme: Scheme, headers: readonly (readonly [string, string])[], secret = key) => {
    const request = createSender({ scheme, secret, now: () => at }).sign()
    return explain(
      { ...request, headers: [...request.headers, ...headers], notes: [] },
      {
        scheme,
        secrets: [{ id: 'IN_USE', value: 'k3y-of-nobody-0123456789abcdef' }],
        now: at,
        budgetMs: 100,
      },
    )
  }

  test('where the own proof came, whatever else is there', async () => {
    const { findings } = await explainWith(schemes.github(), [
      ['X-Slack-Signature', 'v0=00'],
      ['X-Signature', '0'],
    ])
    expect(findings.map(({ cause }) => cause)).not.toContain('request.other-scheme')
  })

  test('of a descriptor that reads the same headers under a name of its own', async () => {
    const own = schemes.hmacScheme({ name: 'own', header: 'X-Hub-Signature-256', prefix: 'sha256=' })
    const { findings } = await explainWith(own, [])
    expect(findings.map(({ cause }) => cause)).not.toContain('request.other-scheme')
  })

  test('by a common name beside headers of the own scheme', async () => {
    const { headers, ...request } = createSender({ scheme: schemes.visibuild(), secret: key }).sign()
    const renamed = headers.map(
      ([name, value]) => [name === 'X-Visibuild-Signature' ? 'X-Signature' : name, value] as const,
    )
    const { findings } = await explain(
      { ...request, headers: renamed, notes: [] },
      {
        scheme: schemes.visibuild(),
        secrets: [{ id: 'IN_USE', value: 'k3y-of-nobody-0123456789abcdef' }],
        budgetMs: 100,
      },
    )
    expect(findings[0]?.advice).toContain('"X-Signature" came, which looks like a signature')
    expect(findings.map(({ cause }) => cause)).not.toContain('request.other-scheme')
  })
})
