import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { toWebhookRequest } from '../../src/node/to-webhook-request.js'
import type { NodeRequest } from '../../src/node/types.js'

const limits = { maxBodyBytes: 1000, bodyTimeoutMs: 60_000 }

function requestWith(fields: object): NodeRequest {
  const stream = Readable.from([Buffer.from('stream')], { objectMode: false })
  return Object.assign(stream, { method: 'POST', url: '/hook?a=1', rawHeaders: [], ...fields }) as never
}

test('the target is the whole one, also where a router cut its part off', () => {
  expect(toWebhookRequest(requestWith({})).url).toBe('/hook?a=1')
  expect(toWebhookRequest(requestWith({ originalUrl: '/hooks/hook?a=1' })).url).toBe('/hooks/hook?a=1')
})

describe('the body', () => {
  test('is the bytes that a host or a parser kept, the host first', () => {
    const kept = Buffer.from('kept')
    expect(toWebhookRequest(requestWith({ rawBody: kept, body: { a: 1 } })).body).toBe(kept)
    expect(toWebhookRequest(requestWith({ body: kept })).body).toBe(kept)
  })

  test.each([[{}], ['text'], [null], [undefined], [[1, 2]]])(
    'is read from the stream where a parser left %j',
    async (left) => {
      const { body } = toWebhookRequest(requestWith({ body: left, rawBody: left }))
      expect(typeof body).toBe('function')
      if (typeof body === 'function') expect(Buffer.from(await body(limits)).toString()).toBe('stream')
    },
  )
})
