import { verify } from '@countersign/core'
import type { HeadersInput } from '@countersign/core/adapter'
import { stripe } from '@countersign/core/schemes'
import { describe, expect, it } from 'vitest'
import { code, now, options, post } from '../support/requests.js'
import { secret, visibuildDelivery } from '../support/visibuild-delivery.js'

describe('headers', () => {
  const { headers } = visibuildDelivery()
  it.each<[string, HeadersInput]>([
    ['a Headers object', new Headers(headers)],
    ['pairs', Object.entries(headers)],
    ['a Map', new Map(Object.entries(headers))],
    [
      'a record in any case',
      Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value])),
    ],
    [
      'a record of lists',
      Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    ],
    ['a record without prototype', Object.assign(Object.create(null), headers)],
  ])('may come as %s', async (_, form) => {
    expect((await verify({ ...visibuildDelivery(), headers: form }, options)).id).toBe('delivery-1')
  })

  it.each(['x-visibuild-signature', 'x-visibuild-timestamp', 'x-visibuild-delivery', 'x-visibuild-event'])(
    '%s twice is ambiguous, in every form and with equal values too',
    async (name) => {
      const value = headers[name] ?? ''
      const forms: HeadersInput[] = [
        [...Object.entries(headers), [name, value]],
        [...Object.entries(headers), [name.toUpperCase(), 'other']],
        { ...headers, [name]: [value, value] as unknown as string },
        { ...headers, [name.toUpperCase()]: value },
        { ...headers, [name]: `${value}, ${value}` },
      ]
      for (const form of forms) {
        await expect(verify({ ...visibuildDelivery(), headers: form }, options)).rejects.toEqual(
          code('HEADER_AMBIGUOUS'),
        )
      }
    },
  )

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'named %s are harmless',
    async (name) => {
      const pairs: [string, string][] = [...Object.entries(headers), [name, 'x']]
      expect((await verify({ ...visibuildDelivery(), headers: pairs }, options)).event).toBe('ticket.created')
      await expect(verify({ ...visibuildDelivery(), headers: [[name, 'x']] }, options)).rejects.toEqual(
        code('HEADER_MISSING'),
      )
    },
  )

  it('that are not strings are malformed, and do not crash', async () => {
    for (const value of [5, null, {}, Symbol('x'), true]) {
      const form = { ...headers, 'x-visibuild-signature': value as unknown as string }
      await expect(verify({ ...visibuildDelivery(), headers: form }, options)).rejects.toEqual(
        code('HEADER_MALFORMED'),
      )
    }
  })

  it('over 4,096 characters or 16 parts are refused before they are parsed', async () => {
    const scheme = stripe()
    const long = { 'stripe-signature': `t=1,${'v1=00,'.repeat(20)}` }
    await expect(verify(post(long), { scheme, secret, now })).rejects.toEqual(code('HEADER_MALFORMED'))
    const huge = { 'stripe-signature': `t=1,v1=${'0'.repeat(16_384)}` }
    await expect(verify(post(huge), { scheme, secret, now })).rejects.toEqual(code('HEADER_MALFORMED'))
  })
})
