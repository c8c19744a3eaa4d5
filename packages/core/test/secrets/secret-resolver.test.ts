import nodeCrypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import { createReceiver, type SecretInput } from '@countersign/core'
import { embeddable, visibuild } from '@countersign/core/schemes'
import { createFakeClock, createSender } from '@countersign/testing'
import { describe, expect, it, vi } from 'vitest'
import { good, other, signed } from '../support/secrets.js'
import { neverRuns, nowMs } from '../support/visibuild-delivery.js'

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

  it('that finds no tenant leads to the same response, after the same reading, as a wrong signature', async () => {
    const receiver = createReceiver({ ...options, secret: resolver })
    const read = vi.fn(async () => Buffer.from(body))
    const unknown = await receiver.receive({ ...signed(good, body), url: '/nobody', body: read }, neverRuns)
    const wrong = await receiver.receive({ ...signed('wrong', body), url: '/acme', body: read }, neverRuns)
    expect(unknown.response).toEqual(wrong.response)
    expect(read).toHaveBeenCalledTimes(2)
    expect(unknown).toMatchObject({ type: 'refused', error: { code: 'ERR_WEBHOOK_TENANT_UNKNOWN' } })
  })

  it('is called for each request, so that a removed secret is invalid immediately', async () => {
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
  ])('that %s leads to a 503 and accepts nothing', async (_, secret) => {
    const clock = createFakeClock({ now: 0 })
    const receiver = createReceiver({ ...options, secret, clock })
    const receiving = receiver.receive(signed(good, body), neverRuns)
    await clock.advance(5_001)
    const outcome = await receiving
    expect([outcome.type, outcome.response.status]).toEqual(['unavailable', 503])
    expect(JSON.stringify(outcome.response)).not.toContain('vault')
  })

  it('reads headers by name, and none that was sent twice', async () => {
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
  ])('do not treat each other’s ids as repetitions: %s', async (_, answer) => {
    const receiver = receiverFor(answer)
    const types: string[] = []
    for (const tenant of ['a', 'b', 'a', 'b'] as const)
      types.push((await receiver.receive(requestOf(tenant), () => undefined)).type)
    expect(types).toEqual(['processed', 'processed', 'duplicate', 'duplicate'])
  })

  it('without a name show no secret in the key', async () => {
    const { idempotencyKey } = await receiverFor((tenant) => secretOf[tenant]).verify(requestOf('a'))
    expect(idempotencyKey).not.toContain(secretOf.a)
    expect(JSON.parse(idempotencyKey ?? '[]')[1]).toEqual([expect.stringMatching(/^[\w-]{16}$/)])
  })

  // A MAC over short content is two hashes; over long content it is one Hmac.
  it.each([
    { of: 'hash', perMac: 2, body: '{"forged":true}' },
    { of: 'createHmac', perMac: 1, body: `{"forged":"${'.'.repeat(20_000)}"}` },
  ] as const)(
    'and an unknown tenant need equally many MACs by $of, however many secrets a tenant has',
    async ({ of, perMac, body }) => {
      const counted = vi.spyOn(nodeCrypto, of)
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
        await receiver.receive({ ...forged, body: Buffer.from(body) }, neverRuns)
        return counted.mock.calls.length / perMac
      }
      expect(await macs('a')).toBe(2)
      expect([await macs('b'), await macs('nobody'), await macs('a')]).toEqual([2, 2, 2])
      counted.mockRestore()
      syncBuiltinESMExports()
    },
  )
})
