import { createHmac } from 'node:crypto'
import { createReceiver, verify } from '@countersign/core'
import { embeddable, hmacScheme, visibuild } from '@countersign/core/schemes'
import { describe, expect, it, vi } from 'vitest'
import { good, other, signed } from '../support/secrets.js'

describe('warnings', () => {
  it('are logged once for a secret under 16 bytes, and quote no secret', () => {
    const onWarning = vi.fn()
    createReceiver({ scheme: embeddable(), secret: ['short-one', 'short-two'], onWarning })
    expect(onWarning).toHaveBeenCalledTimes(1)
    expect(onWarning.mock.calls[0]?.[0]).not.toContain('short-one')
  })

  it('are logged for two secrets that are the same key, including trailing zero bytes', () => {
    const onWarning = vi.fn()
    createReceiver({ scheme: embeddable(), secret: [Buffer.from(good), Buffer.from(`${good}\0`)], onWarning })
    expect(onWarning).toHaveBeenCalledWith(expect.stringContaining('same key'))
  })
})

describe('a secret that expires', () => {
  const now = () => Date.parse('2026-01-01T00:00:00Z')
  const warningsFor = (notAfter: string) => {
    const onWarning = vi.fn()
    createReceiver({ scheme: visibuild(), secret: { id: 'old', value: good, notAfter }, now, onWarning })
    return onWarning.mock.calls.length
  }

  it('before the retries signed with it causes a warning; one that expired or expires later does not', () => {
    expect(warningsFor('2026-01-01T15:00:00Z')).toBe(1)
    expect(warningsFor('2025-12-31T00:00:00Z')).toBe(0)
    expect(warningsFor('2026-01-02T00:00:00Z')).toBe(0)
  })
})

describe('several secrets', () => {
  it('are all tried, and the result names the one that matched', async () => {
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
