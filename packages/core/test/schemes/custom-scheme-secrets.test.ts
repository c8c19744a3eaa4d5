import { createReceiver } from '@countersign/core'
import type { VerifierRequest } from '@countersign/core/schemes'
import { describe, expect, it, vi } from 'vitest'
import { acme, nowMs, secret, setUp, verifyAcme } from '../support/acme-scheme.js'

describe('several secrets', () => {
  const rotating = [
    { id: 'new', value: `${secret}-new` },
    { id: 'old', value: secret, notAfter: nowMs },
  ]

  it('are tried in turn, up to the one that proves', async () => {
    const verifier = vi.fn(verifyAcme)
    const { receive, sign, clock } = setUp(acme({ verify: verifier }), { secret: rotating })
    expect(await receive(sign({ body: '{"id":"1"}' }))).toMatchObject({ delivery: { secretId: 'old' } })
    expect(verifier.mock.calls.map(([, key]) => key)).toEqual([`${secret}-new`, secret])
    verifier.mockClear()
    const byNew = sign({ body: '{"id":"2"}', secret: `${secret}-new` })
    expect(await receive(byNew)).toMatchObject({ delivery: { secretId: 'new' } })
    expect(verifier).toHaveBeenCalledTimes(1)
    await clock.advance(1)
    expect(await receive(sign())).toMatchObject({ error: { code: 'ERR_WEBHOOK_SECRET_EXPIRED' } })
  })

  it('continue after one for which the verifier throws', async () => {
    const scheme = acme({
      verify(request, key) {
        const valid = verifyAcme(request, key)
        if (!valid) throw new Error('Invalid signature')
        return valid
      },
    })
    const { receive, sign } = setUp(scheme, { secret: rotating })
    expect((await receive(sign())).type).toBe('processed')
  })

  it('are also tried for an unknown tenant, and prove nothing', async () => {
    const verifier = vi.fn((request: VerifierRequest) => ({ signed: request.rawBody }))
    const { receive, sign } = setUp(acme({ verify: verifier }), { secret: () => undefined })
    expect(await receive(sign())).toMatchObject({ error: { code: 'ERR_WEBHOOK_TENANT_UNKNOWN' } })
    expect(verifier).toHaveBeenCalledTimes(1)
  })

  it('must be text; a public key may have line breaks', () => {
    const scheme = acme()
    const create = (given: never) => () => createReceiver({ scheme, secret: given })
    expect(create(Buffer.from(secret) as never)).toThrow(/custom scheme gets its secret as text/)
    expect(create({ username: 'a', password: 'b' } as never)).toThrow(/as text/)
    expect(create('' as never)).toThrow(/empty/)
    const pem = '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n-----END PUBLIC KEY-----'
    expect(create(pem as never)).not.toThrow()
  })
})
