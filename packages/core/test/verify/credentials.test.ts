import { verify } from '@countersign/core'
import { basicScheme, fingerprintingApi, scratcher, tokenScheme } from '@countersign/core/schemes'
import { describe, expect, it } from 'vitest'
import { code, post } from '../support/requests.js'

describe('tokens and credentials', () => {
  const token = 'token-0123456789'
  it('are compared whole', async () => {
    const scheme = fingerprintingApi({ event: 'NEW_VISIT' })
    const attempt = (value: string) =>
      verify(post({ 'x-webhook-signature': value }, '{"id":"v1"}'), { scheme, secret: token })
    await expect(attempt(token)).resolves.toMatchObject({ event: 'NEW_VISIT', id: 'v1' })
    for (const wrong of [token.slice(1), `${token}x`, token.toUpperCase(), `Bearer ${token}`]) {
      await expect(attempt(wrong)).rejects.toEqual(code('SIGNATURE_MISMATCH'))
    }
    await expect(attempt('')).rejects.toEqual(code('HEADER_MALFORMED'))
  })

  it('may have a prefix', async () => {
    const scheme = tokenScheme({ name: 'bearer', header: 'authorization', prefix: 'Bearer ' })
    await expect(
      verify(post({ authorization: `Bearer ${token}` }), { scheme, secret: token }),
    ).resolves.toBeDefined()
    await expect(
      verify(post({ authorization: `Basic ${token}` }), { scheme, secret: token }),
    ).rejects.toEqual(code('HEADER_MALFORMED'))
  })

  it('of Basic may hold colons in the password and need canonical base64', async () => {
    const scheme = basicScheme({ name: 'basic' })
    const attempt = (authorization: string) =>
      verify(post({ authorization }), { scheme, secret: { username: 'user', password: 'pa:ss:wörd' } })
    const right = Buffer.from('user:pa:ss:wörd').toString('base64')
    await expect(attempt(`Basic ${right}`)).resolves.toBeDefined()
    await expect(attempt(`bAsIc ${right}`)).resolves.toBeDefined()
    await expect(attempt(`Basic ${Buffer.from('user:pa').toString('base64')}`)).rejects.toEqual(
      code('SIGNATURE_MISMATCH'),
    )
    for (const wrong of [
      `Basic ${right}=`,
      'Basic',
      'Basic !!!',
      `Basic ${Buffer.from('nocolon').toString('base64')}`,
      `Bearer ${right}`,
      right,
    ]) {
      await expect(attempt(wrong)).rejects.toEqual(code('HEADER_MALFORMED'))
    }
  })

  it('in the URL are removed from a GET’s payload', async () => {
    const scheme = scratcher({ proof: 'token', query: 'key', methods: ['GET', 'POST'] })
    const attempt = (url: string) =>
      verify({ method: 'GET', url, headers: {}, body: new Uint8Array() }, { scheme, secret: token })
    const delivery = await attempt(`/hook?email=ada%40example.com&key=${token}`)
    expect(delivery.payload).toEqual({ email: 'ada@example.com' })
    await expect(attempt(`/hook?key=${token}&key=${token}`)).rejects.toEqual(code('HEADER_AMBIGUOUS'))
    await expect(attempt('/hook')).rejects.toEqual(code('HEADER_MISSING'))
    await expect(attempt('/hook?key=wrong')).rejects.toEqual(code('SIGNATURE_MISMATCH'))
  })
})
