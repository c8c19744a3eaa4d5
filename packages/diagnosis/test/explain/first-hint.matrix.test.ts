import type { Scheme } from '@countersign/core'
import {
  github,
  hmacScheme,
  scratcher,
  slack,
  stripe,
  tokenScheme,
  visibuild,
} from '@countersign/core/schemes'
import { type Capture, explain, type Framework } from '@countersign/diagnosis'
import { createSender } from '@countersign/testing'
import { describe, expect, test } from 'vitest'

const secret = 'k3y-of-the-sender-0123456789abcdef'
const inUse = 'k3y-of-another-one-0123456789abcdef'
const at = 1_773_738_000_000
const url = 'https://shop.example.com/hooks'

interface Scene {
  readonly scheme: Scheme
  readonly body?: string
  /** What is left of the request. */
  readonly change?: (capture: Capture) => Capture
  readonly framework?: Framework
}

/** A delivery of the scheme, explained with another secret than it was signed with. */
async function hintsFor({ scheme, body, change = (capture) => capture, framework }: Scene) {
  const request = createSender({ scheme, secret, now: () => at }).sign({
    url,
    ...(body !== undefined && { body }),
  })
  const length = ['Content-Length', String(request.body.length)] as const
  const capture = change({ ...request, headers: [...request.headers, length], notes: [] })
  const secrets = [{ id: 'IN_USE', value: inUse }]
  const { verdict, findings } = await explain(capture, {
    scheme,
    secrets,
    now: at,
    budgetMs: 1_500,
    ...(framework && { framework }),
  })
  expect(verdict).toBe('unexplained')
  return findings
}

const without =
  (name: string) =>
  (capture: Capture): Capture => ({
    ...capture,
    headers: capture.headers.filter(([given]) => given.toLowerCase() !== name.toLowerCase()),
  })

const compact = JSON.stringify({ id: 'evt_1', type: 'ticket.created', data: { note: 'Is it là?' } })
const indented = JSON.stringify(JSON.parse(compact), null, 2)

describe('with a wrong secret and a body as it was announced, the first hint is the secret', () => {
  test.each([
    ['github', { scheme: github(), body: compact }],
    ['stripe, indented', { scheme: stripe(), body: indented }],
    ['slack', { scheme: slack(), body: compact }],
    ['visibuild', { scheme: visibuild(), body: compact }],
    ['a form', { scheme: slack(), body: 'token=x&command=%2Fdo&text=is+it%3F%3F' }],
  ] as const)('%s', async (_, scene) => {
    for (const framework of ['express', 'fastify', 'nestjs', 'next-pages'] as const) {
      const findings = await hintsFor({ ...scene, framework })
      expect(findings[0]).toMatchObject({ cause: 'secret.wrong', target: 'secret', level: 'hint' })
      expect(findings.filter(({ cause }) => cause.startsWith('rt.') || cause === 'body.made-ascii')).toEqual(
        [],
      )
    }
  })

  test('and without its length it is the secret or the body, before any parser', async () => {
    const findings = await hintsFor({
      scheme: github(),
      body: compact,
      framework: 'express',
      change: without('content-length'),
    })
    const causes = findings.map(({ cause }) => cause)
    expect(findings[0]?.target).not.toBe('header')
    expect(causes).not.toContain('secret.wrong')
    expect(causes.indexOf('rt.json-before-raw')).toBeGreaterThan(causes.indexOf('unknown.secret-or-body'))
  })

  test('but not where the body is another: shorter, or parsed', async () => {
    const shorter = await hintsFor({
      scheme: github(),
      body: compact,
      change: (capture) => ({ ...capture, body: capture.body.subarray(0, -9) }),
    })
    expect(shorter[0]?.cause).toBe('body.truncated')
    const parsed = await hintsFor({
      scheme: github(),
      body: compact,
      change: (capture) => ({ ...capture, notes: ['parsed-body'] }),
    })
    expect(parsed[0]?.cause).toBe('body.parsed-object')
  })

  test('and what is seen of the secret itself comes before it', async () => {
    const request = createSender({ scheme: github(), secret }).sign({ body: compact })
    const length = ['Content-Length', String(request.body.length)] as const
    const { findings } = await explain(
      { ...request, url, headers: [...request.headers, length], notes: [] },
      { scheme: github(), secrets: [{ id: 'IN_USE', value: 'your-webhook-secret' }], budgetMs: 500 },
    )
    expect(findings[0]?.cause).toBe('secret.placeholder')
  })
})

describe('without any proof, that is the first finding', () => {
  const own = hmacScheme({ name: 'own', header: 'X-Own-Signature' })

  test('with the name of the header that is expected, and that nothing looks like one', async () => {
    const findings = await hintsFor({ scheme: own, change: without('x-own-signature'), framework: 'express' })
    expect(findings[0]).toMatchObject({ cause: 'sig.header-missing', target: 'header' })
    expect(findings[0]?.advice).toContain(
      'The header "X-Own-Signature", which "own" needs for verification, is missing',
    )
    expect(findings[0]?.advice).toContain('none of the 2 received headers looks like a signature')
    // Nothing is said of a signature that nobody has seen.
    expect(findings.map(({ cause }) => cause)).toEqual(['sig.header-missing'])
  })

  test.each(['X-Their-Signature', 'X-Their-Hmac-SHA256', 'X-Sig', 'Digest'])(
    'with what came that looks like one: %s',
    async (name) => {
      const [first] = await hintsFor({
        scheme: own,
        change: (capture) => ({
          ...without('x-own-signature')(capture),
          headers: [...without('x-own-signature')(capture).headers, [name, '0'.repeat(64)]],
        }),
      })
      expect(first?.cause).toBe('sig.header-missing')
      expect(first?.advice).toContain(`"${name}", which looks like a signature`)
    },
  )

  test('as a token, in a header or in the URL, and as Basic credentials', async () => {
    const inHeader = tokenScheme({ name: 'token', header: 'X-Api-Token' })
    const [header] = await hintsFor({ scheme: inHeader, change: without('x-api-token') })
    expect(header?.advice).toContain('The header "X-Api-Token"')
    const inQuery = tokenScheme({ name: 'token', query: 'token' })
    const [query] = await hintsFor({ scheme: inQuery, change: (capture) => ({ ...capture, url }) })
    expect(query).toMatchObject({ cause: 'sig.header-missing' })
    expect(query?.advice).toContain('The parameter "token" of the URL')
    const request = createSender({ scheme: scratcher(), secret: 'user:pass-0123456789' }).sign({ url })
    const { findings } = await explain(without('authorization')({ ...request, notes: [] }), {
      scheme: scratcher(),
      secrets: [{ id: 'IN_USE', value: 'user:pass-0123456789' }],
    })
    expect(findings[0]?.advice).toContain('The header "authorization"')
  })

  test('before a signature with a private key, which is named', async () => {
    const findings = await hintsFor({
      scheme: github(),
      change: (capture) => ({
        ...capture,
        headers: [
          ['X-Signature-Ed25519', '0f'.repeat(64)],
          ['X-Signature-Timestamp', '1773738000'],
        ],
      }),
    })
    expect(findings.map(({ cause }) => cause).slice(0, 2)).toEqual(['sig.header-missing', 'sig.asymmetric'])
    expect(findings[1]?.advice).toContain("Discord's own library")
  })
})
