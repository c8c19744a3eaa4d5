import { WebhookSecretError } from '@countersign/core'
import type { ProvedContent } from '@countersign/core/schemes'
import { describe, expect, it, vi } from 'vitest'
import { acme, nowMs, refusalOf, setUp } from '../support/acme-scheme.js'

describe('a verifier that fails', () => {
  const throwing = (thrown: unknown) =>
    acme({
      verify() {
        throw thrown
      },
    })

  it.each<[string, unknown]>([
    ['an SDK, by a class of its own', Object.assign(new Error('poison'), { name: 'SignatureError' })],
    ['a plain error', new Error('poison')],
    ['text', 'poison'],
    ['null', null],
  ])('refuses the request if the error is thrown by %s', async (_by, thrown) => {
    const { receive, sign, onRejected, onWarning } = setUp(throwing(thrown))
    const { response } = await receive(sign())
    expect([response.status, response.body]).toEqual([401, '{"error":"unauthorized"}'])
    expect(refusalOf(onRejected)).toEqual(['ERR_WEBHOOK_SIGNATURE_MISMATCH', false])
    const { error } = onRejected.mock.calls[0]?.[0] ?? {}
    expect(error.cause).toBe(thrown)
    expect(error.message).not.toContain('poison')
    expect(onWarning).not.toHaveBeenCalled()
  })

  it.each<[string, unknown]>([
    ['TypeError', new TypeError('poison')],
    ['RangeError', new RangeError('poison')],
    ['DOMException', new DOMException('poison', 'DataError')],
    ['system error', Object.assign(new Error('poison'), { code: 'ERR_OSSL_UNSUPPORTED' })],
  ])('is distinguished from forged traffic if it threw a %s', async (name, thrown) => {
    const { receive, sign, onRejected, onWarning } = setUp(throwing(thrown))
    const { response } = await receive(sign())
    expect([response.status, response.body]).toEqual([401, '{"error":"unauthorized"}'])
    await receive(sign())
    expect(refusalOf(onRejected)).toEqual(['ERR_WEBHOOK_VERIFIER_FAILED', false])
    expect(onRejected.mock.calls[0]?.[0].error.cause).toBe(thrown)
    const warnings = onWarning.mock.calls.flat()
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toContain(`The verifier of scheme "acme" threw a ${name}`)
    expect(warnings[0]).not.toContain('poison')
  })

  it('counts a rejected promise as a throw', async () => {
    const { receive, sign, onRejected } = setUp(acme({ verify: () => Promise.reject(new TypeError('no')) }))
    expect((await receive(sign())).response.status).toBe(401)
    expect(refusalOf(onRejected)[0]).toBe('ERR_WEBHOOK_VERIFIER_FAILED')
  })

  it('makes the sender retry if it reports that it could not decide', async () => {
    const unavailable = new WebhookSecretError('ERR_WEBHOOK_SECRET_UNAVAILABLE', 'no certificate')
    const { receive, sign } = setUp(throwing(unavailable))
    expect((await receive(sign())).response.status).toBe(503)
  })

  it('is stopped after its timeout by its signal, and its late answer is ignored', async () => {
    let settle: (answer: ProvedContent) => void = () => {}
    let seen: AbortSignal | undefined
    const scheme = acme({
      verifyTimeoutMs: 700,
      verify: ({ signal }) => {
        seen = signal
        return new Promise((resolve) => {
          settle = resolve
        })
      },
    })
    const { receive, sign, clock, onRejected } = setUp(scheme)
    const receiving = receive(sign())
    await vi.waitFor(() => expect(seen).toBeDefined())
    await clock.advance(699)
    expect(seen?.aborted).toBe(false)
    await clock.advance(1)
    const { response } = await receiving
    expect([response.status, response.body, response.headers['retry-after']]).toEqual([
      503,
      '{"error":"unavailable"}',
      '10',
    ])
    expect(refusalOf(onRejected)).toEqual(['ERR_WEBHOOK_VERIFIER_TIMEOUT', false])
    expect(seen?.aborted).toBe(true)
    settle({ signed: '' })
  })

  it.each<[string, unknown, RegExp]>([
    ['true', true, /verify returned boolean; return \{ signed: rawBody \}/],
    ['nothing signed', { id: '1' }, /verify returned no signed/],
    ['an id that is a number', { signed: '', payload: 1, id: 7 }, /an id that is no text/],
    ['an event that is an object', { signed: '', payload: 1, event: {} }, /an event that is no text/],
    ['text for a time', { signed: '', payload: 1, timestamp: '5' }, /timestamp that is no number/],
    ['seconds for a time', { signed: '', payload: 1, timestamp: nowMs / 1000 }, /in seconds/],
    ['text for idIsSigned', { signed: '', payload: 1, idIsSigned: 'yes' }, /idIsSigned/],
    ['content that does not hold the body', { signed: 'another' }, /nothing says that the body is proved/],
  ])('is a configuration error if it returns %s', async (_what, answer, message) => {
    const { receive, sign, onWarning } = setUp(acme({ verify: () => answer as never }))
    const { type, response } = await receive(sign())
    expect([type, response.status]).toEqual(['misconfigured', 500])
    expect(onWarning.mock.calls.flat().join()).toMatch(message)
  })

  it('refuses a signed timestamp that is not a number as malformed', async () => {
    const scheme = acme({ verify: ({ rawBody }) => ({ signed: rawBody, timestamp: Number('soon') }) })
    const { receive, sign, onRejected } = setUp(scheme)
    await receive(sign())
    expect(refusalOf(onRejected)).toEqual(['ERR_WEBHOOK_TIMESTAMP_MALFORMED', true])
  })
})
