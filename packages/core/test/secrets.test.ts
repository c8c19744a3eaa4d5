import nodeCrypto, { createHmac } from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import { inspect } from 'node:util'
import { createReceiver, type SecretInput, verify, type WebhookRequest } from '@countersign/core'
import {
  embeddable,
  fingerprintingApi,
  hmacScheme,
  scratcher,
  standardWebhooks,
  visibuild,
} from '@countersign/core/schemes'
import { createFakeClock, createSender } from '@countersign/testing'
import { describe, expect, it, vi } from 'vitest'
import { neverRuns, nowMs } from './support/visibuild-delivery.js'

const good = 'a-signing-secret-of-32-characters'
const other = 'another-secret-that-is-long-enough'

function signed(secret: string | Uint8Array, body = '{"name":"Ada"}'): WebhookRequest {
  const mac = createHmac('sha256', secret).update(body).digest('hex')
  return { method: 'POST', url: '/', headers: { 'x-signature': `sha256=${mac}` }, body: Buffer.from(body) }
}

describe('a secret is refused at creation', () => {
  const worthless: readonly (readonly [string, unknown])[] = [
    ['undefined', undefined],
    ['null', null],
    ['empty', ''],
    ['blank', ' '],
    ['a line break', '\n'],
    ['the text undefined', 'undefined'],
    ['the text null', 'null'],
    ['a placeholder', 'your_secret'],
    ['another placeholder', 'YOUR-WEBHOOK-SECRET'],
    ['changeme', 'changeme'],
    ['an unexpanded variable', '$WEBHOOK_SECRET'],
    ['angle brackets', '<secret>'],
    ...[
      'REPLACE_WITH_SECRET',
      'replace-me-before-production',
      'change-me-please',
      'INSERT_SECRET_HERE',
      'your-webhook-secret-here',
      '{{SECRET}}',
      '{{ secrets.webhook }}',
      '{SECRET}',
      '$(SECRET)',
      '%WEBHOOK_SECRET%',
      '@@SECRET@@',
      '#{WEBHOOK_SECRET}',
      '__WEBHOOK_SECRET__',
      '<your secret>',
      '<%= ENV["SECRET"] %>',
      'process.env.WEBHOOK_SECRET',
      'import.meta.env.VITE_SECRET',
      'Deno.env.get("SECRET")',
      'os.environ["SECRET"]',
      'dummy',
      'dummy-secret',
      'example_key',
      'placeholder',
      'whsec_your_secret',
      '00000000000000000000000000000000',
      '...',
    ].map((text) => [`the placeholder ${text}`, text] as const),
    ['zero bytes', new Uint8Array(32)],
    ['one zero byte', Buffer.alloc(1)],
    ['a list with zero bytes', [good, { id: 'new', value: new Uint8Array(32) }]],
    ['an empty list', []],
    ['a list with an empty one', [good, '']],
    ['a list with an undefined one', [good, undefined]],
    ['empty bytes', new Uint8Array()],
    ['white space around', ` ${good}`],
    ['a line break after', `${good}\n`],
    ['quotes around', `"${good}"`],
    ['a number', 12345678],
    ['an empty label', { id: '', value: good }],
    ['a label without value', { id: 'a', value: undefined }],
    [
      'two of one label',
      [
        { id: 'a', value: good },
        { id: 'a', value: other },
      ],
    ],
    ['notAfter that is no time', { id: 'a', value: good, notAfter: 'soon' }],
    ['credentials for an HMAC', { username: 'u', password: 'p' }],
    ['more than 16', Array.from({ length: 17 }, (_, index) => `${good}${index}`)],
  ]
  it.each(worthless)('%s', (_, secret) => {
    expect(() => createReceiver({ scheme: embeddable(), secret: secret as SecretInput })).toThrow(
      expect.objectContaining({ code: 'ERR_WEBHOOK_SECRET_INVALID' }),
    )
  })

  it.each(['whsec_', 'whsec_!!!!', 'whsec_...', 'not base64 at all', 'whsec_YQ=a'])(
    'as base64: %s',
    (secret) => {
      expect(() => createReceiver({ scheme: standardWebhooks(), secret })).toThrow(
        expect.objectContaining({ code: 'ERR_WEBHOOK_SECRET_INVALID' }),
      )
    },
  )

  it.each([
    ['no colon', 'userpassword'],
    ['nothing set', 'undefined:undefined'],
    ['no password', { username: 'u', password: undefined }],
    ['colon in the user name', { username: 'u:v', password: 'p' }],
  ])('as Basic credentials: %s', (_, secret) => {
    expect(() => createReceiver({ scheme: scratcher(), secret: secret as SecretInput })).toThrow(
      expect.objectContaining({ code: 'ERR_WEBHOOK_SECRET_INVALID' }),
    )
  })

  it('as a token with a comma, which could not be told from a header sent twice', () => {
    expect(() =>
      createReceiver({ scheme: fingerprintingApi({ event: 'NEW_VISIT' }), secret: 'abc,def' }),
    ).toThrow(/comma/)
  })

  it('with a message that names the option and not the secret', () => {
    const secret = ' canary-secret-value '
    expect.assertions(2)
    try {
      createReceiver({ scheme: embeddable(), secret })
    } catch (error) {
      expect(inspect(error)).toContain('option "secret"')
      expect(inspect(error)).not.toContain('canary')
    }
  })

  it('by verify too, as a rejection', async () => {
    await expect(verify(signed(good), { scheme: embeddable(), secret: undefined })).rejects.toMatchObject({
      code: 'ERR_WEBHOOK_SECRET_INVALID',
    })
  })
})

it('an empty key forges nothing, whatever the secret is', async () => {
  await expect(verify(signed(''), { scheme: embeddable(), secret: good })).rejects.toMatchObject({
    code: 'ERR_WEBHOOK_SIGNATURE_MISMATCH',
  })
})

describe('warnings', () => {
  it('come once for a secret under 16 bytes, and name no secret', () => {
    const onWarning = vi.fn()
    createReceiver({ scheme: embeddable(), secret: ['short-one', 'short-two'], onWarning })
    expect(onWarning).toHaveBeenCalledTimes(1)
    expect(onWarning.mock.calls[0]?.[0]).not.toContain('short-one')
  })

  it('come for two secrets that are the same key, trailing zero bytes included', () => {
    const onWarning = vi.fn()
    createReceiver({ scheme: embeddable(), secret: [Buffer.from(good), Buffer.from(`${good}\0`)], onWarning })
    expect(onWarning).toHaveBeenCalledWith(expect.stringContaining('same key'))
  })
})

describe('a secret that ends', () => {
  const now = () => Date.parse('2026-01-01T00:00:00Z')
  const warningsFor = (notAfter: string) => {
    const onWarning = vi.fn()
    createReceiver({ scheme: visibuild(), secret: { id: 'old', value: good, notAfter }, now, onWarning })
    return onWarning.mock.calls.length
  }

  it('before the retries of what it signed do is warned of; one that ended or ends later is not', () => {
    expect(warningsFor('2026-01-01T15:00:00Z')).toBe(1)
    expect(warningsFor('2025-12-31T00:00:00Z')).toBe(0)
    expect(warningsFor('2026-01-02T00:00:00Z')).toBe(0)
  })
})

describe('several secrets', () => {
  it('are all tried, and the result says which one matched', async () => {
    const receiver = createReceiver({
      scheme: embeddable(),
      secret: [{ id: '2026-new', value: other }, good],
    })
    expect((await receiver.verify(signed(good))).secretId).toBe('1')
    expect((await receiver.verify(signed(other))).secretId).toBe('2026-new')
  })

  it('are all tried even after one has matched', async () => {
    const scheme = hmacScheme({
      name: 'listed',
      header: 'x-sig',
      list: { separator: ' ' },
      prefix: 'v1=',
      signedContent: '{body}',
      encoding: 'hex',
    })
    const mac = (key: string) => `v1=${createHmac('sha256', key).update('{}').digest('hex')}`
    const request = {
      method: 'POST',
      url: '/',
      headers: { 'x-sig': `${mac('unknown')} ${mac(good)}` },
      body: Buffer.from('{}'),
    }
    expect((await verify(request, { scheme, secret: [other, good] })).secretId).toBe('1')
  })

  it('past notAfter prove nothing, and the refusal says so', async () => {
    const secret = [
      { id: 'old', value: good, notAfter: '2026-01-01T00:00:00Z' },
      { id: 'new', value: other },
    ]
    const at = (now: string) => ({ scheme: embeddable(), secret, now: () => Date.parse(now) })
    expect((await verify(signed(good), at('2025-12-31T23:59:59Z'))).secretId).toBe('old')
    await expect(verify(signed(good), at('2026-01-01T00:00:01Z'))).rejects.toMatchObject({
      code: 'ERR_WEBHOOK_SECRET_EXPIRED',
      authentic: false,
    })
  })
})

describe('a secret resolver', () => {
  const tenants: Record<string, string> = { acme: good, globex: other }
  const resolver = ({ url }: { url: string }) => {
    const tenant = url.slice(1)
    return tenants[tenant] && { tenant, secret: tenants[tenant] }
  }
  const options = { scheme: embeddable({ identity: { json: '/id' } }), endpoint: 'forms' }
  const body = '{"id":"1"}'

  it('picks the secret of the tenant, whose name is part of the key', async () => {
    const receiver = createReceiver({ ...options, secret: resolver })
    const acme = await receiver.verify({ ...signed(good, body), url: '/acme' })
    const globex = await receiver.verify({ ...signed(other, body), url: '/globex' })
    expect([acme.tenant, globex.tenant]).toEqual(['acme', 'globex'])
    expect(acme.idempotencyKey).not.toBe(globex.idempotencyKey)
  })

  it('that knows no tenant gives the same answer, after the same reading, as a wrong signature', async () => {
    const receiver = createReceiver({ ...options, secret: resolver })
    const read = vi.fn(async () => Buffer.from(body))
    const unknown = await receiver.receive({ ...signed(good, body), url: '/nobody', body: read }, neverRuns)
    const wrong = await receiver.receive({ ...signed('wrong', body), url: '/acme', body: read }, neverRuns)
    expect(unknown.response).toEqual(wrong.response)
    expect(read).toHaveBeenCalledTimes(2)
    expect(unknown).toMatchObject({ type: 'refused', error: { code: 'ERR_WEBHOOK_TENANT_UNKNOWN' } })
  })

  it('is asked for each request, so that a removed secret stops at once', async () => {
    let current: string | undefined = good
    const receiver = createReceiver({ ...options, secret: () => current })
    expect((await receiver.receive(signed(good, body), () => undefined)).type).toBe('processed')
    current = other
    expect((await receiver.receive(signed(good, body), () => undefined)).type).toBe('refused')
    current = undefined
    expect((await receiver.receive(signed(good, body), () => undefined)).type).toBe('refused')
  })

  it.each([
    [
      'throws',
      () => {
        throw new Error('vault is sealed')
      },
    ],
    ['rejects', () => Promise.reject(new Error('vault is sealed'))],
    ['hangs', () => new Promise<never>(() => undefined)],
    ['gives an empty one', () => ''],
    ['gives an empty list', () => []],
    ['gives a blank tenant', () => ({ tenant: '', secret: good })],
    ['gives a number', () => 5 as unknown as string],
  ])('that %s is answered 503 and lets nothing pass', async (_, secret) => {
    const clock = createFakeClock({ now: 0 })
    const receiver = createReceiver({ ...options, secret, clock })
    const receiving = receiver.receive(signed(good, body), neverRuns)
    await clock.advance(5_001)
    const outcome = await receiving
    expect([outcome.type, outcome.response.status]).toEqual(['unavailable', 503])
    expect(JSON.stringify(outcome.response)).not.toContain('vault')
  })

  it('gets headers by name, and none that came twice', async () => {
    const seen: unknown[] = []
    const secret = ({ header }: { header: (name: string) => string | undefined }) => {
      seen.push(header('X-Tenant'), header('x-twice'), header('missing'))
      return good
    }
    const request = signed(good, body)
    const headers = [
      ...Object.entries(request.headers),
      ['x-tenant', 'acme'],
      ['x-twice', '1'],
      ['X-Twice', '2'],
    ]
    await createReceiver({ ...options, secret }).verify({
      ...request,
      headers: headers as [string, string][],
    })
    expect(seen).toEqual(['acme', undefined, undefined])
  })
})

it('a canary secret is nowhere: not in errors, receivers, hooks, warnings or answers', async () => {
  const canary = 'canary-0123456789-canary-0123456789'
  const spellings = [
    canary,
    Buffer.from(canary).toString('base64'),
    Buffer.from(canary).toString('hex'),
    encodeURIComponent(canary),
  ]
  const said: unknown[] = []
  const note = (info: unknown) => void said.push(info)
  const receiver = createReceiver({
    scheme: visibuild(),
    secret: [canary, 'short'],
    exposeReason: true,
    onVerified: note,
    onRejected: note,
    onHandled: note,
    onWarning: note,
  })
  said.push(receiver, await receiver.receive(signed(canary), () => undefined))
  said.push(await receiver.verify(signed(canary)).catch((error: unknown) => error))
  const text = said
    .map((one) => `${inspect(one, { depth: 9, showHidden: true })}${JSON.stringify(one)}`)
    .join()
  for (const spelling of spellings) expect(text).not.toContain(spelling)
})

describe('a secret in base64', () => {
  const key = 'Q291bnRlcnNpZ24gdGVzdCB2ZWN0b3JzLCBrZXkgMQ=='
  const request = createSender({
    scheme: standardWebhooks(),
    secret: `whsec_${key}`,
    now: () => nowMs,
  }).sign()

  it.each([key, `whsec_${key}`, `v1,whsec_${key}`, `v1,whsec_${key.replaceAll('=', '')}`])(
    'is read with and without what senders show before it: %s',
    async (secret) => {
      const options = { scheme: standardWebhooks(), secret, now: () => nowMs }
      await expect(verify(request, options)).resolves.toBeDefined()
    },
  )

  it.each([`whsec_${'A'.repeat(43)}=`, 'A'.repeat(32)])(
    'that is nothing but zero bytes is refused: %s',
    (secret) => {
      expect(() => createReceiver({ scheme: standardWebhooks(), secret })).toThrow(/zero bytes/)
    },
  )
})

describe('tenants of a resolver', () => {
  const secretOf = { a: 'secret of tenant a, 32 characters', b: 'secret of tenant b, 32 characters' }
  const scheme = visibuild()
  const requestOf = (tenant: 'a' | 'b', signing = {}) => {
    const payload = { id: 'evt-1', type: 'ticket.created', data: {} }
    const { headers, ...rest } = createSender({ scheme, secret: secretOf[tenant], now: () => nowMs }).sign({
      payload,
      ...signing,
    })
    return { ...rest, headers: [...headers, ['x-tenant', tenant] as const] }
  }
  type Named = (tenant: 'a' | 'b') => SecretInput
  const receiverFor = (answer: Named) =>
    createReceiver({
      scheme,
      now: () => nowMs,
      secret: ({ header }) => answer(header('x-tenant') as 'a' | 'b') as never,
    })

  it.each<[string, Named]>([
    ['not named', (tenant) => secretOf[tenant]],
    ['not named, with labels', (tenant) => [{ id: 'current', value: secretOf[tenant] }]],
    ['not named, with bytes', (tenant) => Buffer.from(secretOf[tenant])],
    ['named', (tenant) => ({ tenant, secret: secretOf[tenant] }) as never],
  ])('do not take each other’s ids for repetitions: %s', async (_, answer) => {
    const receiver = receiverFor(answer)
    const types: string[] = []
    for (const tenant of ['a', 'b', 'a', 'b'] as const)
      types.push((await receiver.receive(requestOf(tenant), () => undefined)).type)
    expect(types).toEqual(['processed', 'processed', 'duplicate', 'duplicate'])
  })

  it('that are not named show no secret in the key', async () => {
    const { idempotencyKey } = await receiverFor((tenant) => secretOf[tenant]).verify(requestOf('a'))
    expect(idempotencyKey).not.toContain(secretOf.a)
    expect(JSON.parse(idempotencyKey ?? '[]')[1]).toEqual([expect.stringMatching(/^[\w-]{16}$/)])
  })

  it('and a stranger cost as many MACs, however many secrets a tenant has', async () => {
    const counted = vi.spyOn(nodeCrypto, 'createHmac')
    syncBuiltinESMExports()
    const two = [
      { id: 'old', value: secretOf.a },
      { id: 'new', value: secretOf.b },
    ]
    const receiver = createReceiver({
      scheme,
      now: () => nowMs,
      secret: ({ header }) =>
        header('x-tenant') === 'a' ? two : header('x-tenant') === 'b' ? secretOf.b : undefined,
    })
    const macs = async (tenant: string) => {
      const request = requestOf('a', { body: '{}' })
      const forged = {
        ...request,
        headers: request.headers.map(([n, v]) => [n, n === 'x-tenant' ? tenant : v] as const),
      }
      counted.mockClear()
      await receiver.receive({ ...forged, body: Buffer.from('{"forged":true}') }, neverRuns)
      return counted.mock.calls.length
    }
    expect(await macs('a')).toBe(2)
    expect([await macs('b'), await macs('nobody'), await macs('a')]).toEqual([2, 2, 2])
    counted.mockRestore()
    syncBuiltinESMExports()
  })
})
