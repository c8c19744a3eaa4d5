import type { ProvedContent } from '@countersign/core/schemes'
import { type CustomSchemeOptions, customScheme } from '@countersign/core/schemes'
import { describe, expect, it } from 'vitest'
import { acme, nowMs, secret, setUp, verifyAcme } from '../support/acme-scheme.js'

describe('the identity of an event', () => {
  const withId = (proved: Partial<ProvedContent>, options: Partial<CustomSchemeOptions> = {}) =>
    customScheme({
      name: 'acme',
      verify: (request, key) => {
        const valid = verifyAcme(request, key)
        return valid && { ...valid, id: request.headers.get('X-Id'), ...proved }
      },
      ...options,
    })
  const body = '{"n":1}'

  it('is only the signed id', async () => {
    const { receive, sign } = setUp(withId({ idIsSigned: true }))
    expect((await receive(sign({ body, headers: { 'x-id': '1' } }))).type).toBe('processed')
    const later = { timestamp: nowMs + 1000, headers: { 'x-id': '1' } }
    expect((await receive(sign({ ...later, body }))).type).toBe('duplicate')
    expect((await receive(sign({ ...later, body: '{"n":2}' }))).type).toBe('conflict')
    expect((await receive(sign({ ...later, body, headers: { 'x-id': '2' } }))).type).toBe('processed')
  })

  it('is an unsigned id with the signed content, so that an attacker cannot block an event', async () => {
    const { receive, sign } = setUp(withId({}))
    const first = sign({ body, headers: { 'x-id': '1' } })
    expect((await receive(first)).type).toBe('processed')
    // Another event that a stranger has sent under the id of the first.
    expect((await receive(sign({ body: '{"n":2}', headers: { 'x-id': '1' } }))).type).toBe('processed')
    // The captured bytes under another id: the signed time makes it a replay.
    const replay = first.headers.map(([name, value]) => [name, name === 'x-id' ? '3' : value] as const)
    expect((await receive({ ...first, headers: replay })).type).toBe('duplicate')
    expect((await receive(sign({ body, timestamp: nowMs + 1, headers: { 'x-id': '1' } }))).type).toBe(
      'duplicate',
    )
  })

  it('is the signed content if there is nothing else, while its timestamp is accepted', async () => {
    const { receive, sign, onWarning } = setUp(withId({ id: undefined }))
    const first = sign({ body })
    expect((await receive(first)).type).toBe('processed')
    expect((await receive(first)).type).toBe('duplicate')
    expect((await receive(sign({ body, timestamp: nowMs + 1 }))).type).toBe('processed')
    expect(onWarning.mock.calls.flat().join()).toMatch(/has nothing that identifies it.*verify return/)
  })

  it('is missing without a signed timestamp, unless the scheme says that equal content is one event', async () => {
    const untimed = { id: undefined, timestamp: undefined }
    const open = setUp(withId(untimed))
    const first = open.sign({ body })
    expect((await open.receive(first)).type).toBe('processed')
    expect((await open.receive(first)).type).toBe('processed')
    const digest = setUp(withId(untimed, { identity: 'body-digest' }))
    expect((await digest.receive(first)).type).toBe('processed')
    expect((await digest.receive(first)).type).toBe('duplicate')
    const none = setUp(withId(untimed, { identity: 'none' }))
    await none.receive(first)
    expect(none.onWarning).not.toHaveBeenCalled()
  })

  it('is what verify returns as signed, not the body, which may be encoded differently', async () => {
    const scheme = customScheme({
      name: 'params',
      identity: 'body-digest',
      verify: ({ rawBody }) => {
        const params = new URLSearchParams(Buffer.from(rawBody).toString())
        params.sort()
        return { signed: params.toString(), payload: Object.fromEntries(params) }
      },
    })
    const { receive } = setUp(scheme)
    const post = (text: string) => receive({ method: 'POST', url: '/', headers: [], body: Buffer.from(text) })
    expect((await post('a=1&b=x+y')).type).toBe('processed')
    expect((await post('b=x%20y&a=1')).type).not.toBe('processed')
  })

  it('separates schemes, tenants and formats', async () => {
    const secrets: Record<string, string> = { one: `${secret}1`, two: `${secret}2` }
    const { receive, sign } = setUp(acme(), {
      secret: ({ header }) => {
        const tenant = header('x-tenant') ?? ''
        return secrets[tenant] === undefined ? undefined : { tenant, secret: secrets[tenant] }
      },
    })
    const by = (tenant: string) =>
      sign({ body: '{"id":"1"}', secret: secrets[tenant] ?? secret, headers: { 'x-tenant': tenant } })
    expect(await receive(by('one'))).toMatchObject({ type: 'processed', delivery: { tenant: 'one' } })
    expect((await receive(by('two'))).type).toBe('processed')
    expect((await receive(by('two'))).type).toBe('duplicate')
    expect(await receive(by('three'))).toMatchObject({ error: { code: 'ERR_WEBHOOK_TENANT_UNKNOWN' } })
  })
})
