import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyRequest, RequestPayload } from 'fastify'
import { describe, expect, test, vi } from 'vitest'
import { webhooks } from '../src/index.js'
import { deliver, hook, sign, signAgain } from './support/deliver.js'
import { createApp, serve } from './support/serve.js'

const contentTypes = [
  undefined,
  'application/json',
  'application/json; charset=utf-8',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'text/plain',
  'text/html; charset=latin1',
  'application/octet-stream',
  'application/vnd.own+json',
  'no type at all',
]

describe.each<[string, (app: FastifyInstance) => unknown]>([
  ['with the parsers of Fastify', () => undefined],
  ['with a parser for everything', (app) => app.addContentTypeParser('*', vi.fn())],
  ['without any parser', (app) => app.removeAllContentTypeParsers()],
])('a webhook in an application %s', (_what, prepare) => {
  test.each(contentTypes)('gets its bytes with every content type: %s', async (contentType) => {
    const seen = vi.fn()
    const { app } = await serve((root) => {
      prepare(root)
      root.post('/hook', { config: hook() }, async ({ webhook, headers, mediaType }) => {
        seen(Buffer.from(webhook.rawBody), headers, mediaType)
      })
    })
    for (const chunked of [undefined, 'chunked']) {
      const delivery = sign({ headers: { 'Content-Type': contentType, 'Transfer-Encoding': chunked } })
      expect((await deliver(app, delivery)).status).toBe(200)
      const [bytes, headers, mediaType] = seen.mock.lastCall ?? []
      expect(bytes).toEqual(delivery.body)
      expect(headers['content-type']).toBe(contentType)
      expect(headers['transfer-encoding']).toBe(chunked)
      expect(headers['content-length']).toBe(chunked ? undefined : String(delivery.body.length))
      if (contentType !== 'no type at all') expect(mediaType).toBe(contentType?.split(';')[0])
    }
  })
})

describe('other routes', () => {
  test('keep their parsers and the errors of these', async () => {
    const { app } = await serve((root) => {
      root.addContentTypeParser('text/csv', { parseAs: 'string' }, (_request, body, done) =>
        done(null, String(body).split(',')),
      )
      root.post('/hook', { config: hook() }, async () => undefined)
      root.post('/plain', { bodyLimit: 20 }, async ({ body }) => ({ body }))
    })
    const send = async (type: string, payload: string) => {
      const url = new URL('/plain', app.listeningOrigin)
      const answer = await fetch(url, { method: 'POST', headers: { 'content-type': type }, body: payload })
      return [answer.status, await answer.json()]
    }
    expect(await send('application/json', '{"a":1}')).toEqual([200, { body: { a: 1 } }])
    expect(await send('text/csv', 'a,b')).toEqual([200, { body: ['a', 'b'] }])
    expect(await send('application/json', '{')).toMatchObject([
      400,
      { code: 'FST_ERR_CTP_INVALID_JSON_BODY' },
    ])
    expect(await send('text/html', 'a')).toMatchObject([415, { code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE' }])
    expect(await send('text/csv', 'a'.repeat(21))).toMatchObject([
      413,
      { code: 'FST_ERR_CTP_BODY_TOO_LARGE' },
    ])
  })

  test('keep their 404', async () => {
    const { app } = await serve((root) => root.post('/hook', { config: hook() }, async () => undefined))
    expect((await deliver(app, sign({ url: '/nowhere' }))).status).toBe(404)
  })
})

describe('request.body', () => {
  test('is the verified payload, for validation, hooks and handler', async () => {
    const bodies: unknown[] = []
    const note = async ({ body }: FastifyRequest) => void bodies.push(body)
    const { app } = await serve((root) => {
      const options = { config: hook(), preValidation: note, preHandler: note }
      root.post('/hook', options, async (request) => {
        await note(request)
        return { isPayload: request.body === request.webhook.payload }
      })
    })
    expect((await deliver(app, sign({ payload: { id: 'event-1' } }))).body).toBe('{"isPayload":true}')
    expect(bodies).toEqual(Array(3).fill({ id: 'event-1' }))
  })

  test("is answered by Fastify if the route's schema refuses it, and the retry runs", async () => {
    const onFailed = vi.fn()
    const schema = { body: { type: 'object', required: ['ticket'] } }
    const { app } = await serve((root) =>
      root.post('/hook', { config: { webhook: { ...hook().webhook, onFailed } }, schema }, async () => 'ran'),
    )
    expect((await deliver(app, sign({ payload: { ticket: 1 } }))).body).toBe('ran')
    const refused = sign({ payload: { id: 1 } })
    expect((await deliver(app, refused)).status).toBe(400)
    expect((await deliver(app, signAgain(refused))).body).toContain("must have required property 'ticket'")
    expect(onFailed.mock.calls.map(([{ attempt }]) => attempt)).toEqual([1, 2])
  })
})

describe('a hook that takes the body', () => {
  const read = async ({ raw }: FastifyRequest) => {
    for await (const _ of raw);
  }
  // It reads nothing until it is read itself.
  const replace = async (_request: unknown, _reply: unknown, payload: RequestPayload) =>
    Readable.from(payload)

  test.each([
    ['reads it in onRequest', 'onRequest', read],
    ['replaces the stream in preParsing', 'preParsing', replace],
  ])('and %s is refused before the plugin, and the log says what to do', async (_what, name, take) => {
    const handler = vi.fn()
    const { app, log } = createApp()
    app.addHook(name as 'onRequest', take as typeof read)
    await app.register(webhooks, {})
    app.post('/hook', { config: hook() }, handler)
    await app.listen({ port: 0, host: '127.0.0.1' })
    expect(await deliver(app)).toMatchObject({ status: 500, body: '{"error":"misconfigured"}' })
    expect(handler).not.toHaveBeenCalled()
    const message = expect.stringContaining('Register the plugin webhooks before')
    expect(log.filter(({ level }) => level === 50)).toMatchObject([
      { msg: message, err: { code: 'ERR_WEBHOOK_BODY_ALREADY_PARSED', message } },
    ])
  })

  test('and replaces the stream changes nothing after the plugin', async () => {
    const { app } = await serve((root) => {
      root.addHook('preParsing', replace)
      root.post('/hook', { config: hook() }, async ({ webhook }) => webhook.event)
    })
    expect((await deliver(app)).body).toBe('ticket.created')
  })

  test('does not change what the host has kept in rawBody', async () => {
    const { app } = await serve((root) => {
      root.addHook('onRequest', async ({ raw }) => {
        const chunks: Uint8Array[] = []
        for await (const chunk of raw) chunks.push(chunk)
        Object.assign(raw, { rawBody: Buffer.concat(chunks), body: {} })
      })
      root.post('/hook', { config: hook() }, async ({ webhook }) => webhook.event)
    })
    expect((await deliver(app)).body).toBe('ticket.created')
    expect((await deliver(app, sign({ secret: 'another-secret-of-the-sender' }))).status).toBe(401)
  })
})
