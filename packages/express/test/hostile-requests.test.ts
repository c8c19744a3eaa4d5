import { once } from 'node:events'
import type { WebhookErrorCode } from '@countersign/core'
import { scratcher, visibuild } from '@countersign/core/schemes'
import { describe, expect, test, vi } from 'vitest'
import { webhook, webhookHandler } from '../src/index.js'
import { type Express, frameworks } from './support/frameworks.js'
import { createGate } from './support/gate.js'
import { RawClient } from './support/raw-client.js'
import { deliver, rawDelivery, secret, signedHeaders, ticketBody } from './support/sender.js'
import { serve } from './support/serve.js'

const maxBodyBytes = 20_000
const bodyTimeoutMs = 150

const forms = frameworks.flatMap(({ framework, express }) => [
  { form: `webhook() on ${framework}`, express, isHandler: false },
  { form: `webhookHandler() on ${framework}`, express, isHandler: true },
])

async function serveHook(express: Express, isHandler: boolean) {
  const handler = vi.fn()
  const reasons: (WebhookErrorCode | undefined)[] = []
  const rejected = createGate()
  const options = {
    scheme: visibuild(),
    secret,
    maxBodyBytes,
    bodyTimeoutMs,
    onRejected: ({ code }: { code: WebhookErrorCode | undefined }) => {
      reasons.push(code)
      rejected.open()
    },
  }
  const app = express()
  app.set('env', 'test')
  if (isHandler) app.post('/hook', webhookHandler(options, handler))
  else {
    app.post('/hook', webhook(options), (req, res) => {
      handler(req.webhook)
      res.sendStatus(200)
    })
  }
  const served = await serve(app)
  /** Nothing was handled, and the process receives on. */
  const isUnharmed = async () => {
    expect(handler).not.toHaveBeenCalled()
    expect((await deliver(`${served.url}/hook`)).status).toBe(200)
    expect(handler).toHaveBeenCalledTimes(1)
  }
  return { ...served, handler, reasons, rejected, isUnharmed, hook: `${served.url}/hook` }
}

/** A request's head with a right signature over some body, and lines of one's own. */
function headFor(body: string, ...lines: string[]): string {
  const signed = Object.entries(signedHeaders({ body: Buffer.from(body, 'latin1') }))
  const all = [
    'POST /hook HTTP/1.1',
    'host: test',
    ...signed.map(([name, value]) => `${name}: ${value}`),
    ...lines,
  ]
  return `${all.join('\r\n')}\r\n\r\n`
}

describe.each(forms)('$form', ({ express, isHandler }) => {
  const body = ticketBody()
  const signature = () => signedHeaders({ body })['x-visibuild-signature'] ?? ''

  test.each<[string, () => string, number, WebhookErrorCode | undefined]>([
    [
      'the signature header twice, both right',
      () => rawDelivery(body, `x-visibuild-signature: ${signature()}\r\n`),
      401,
      'ERR_WEBHOOK_HEADER_AMBIGUOUS',
    ],
    [
      'the signature header twice, one of them right',
      () => rawDelivery(body, `x-visibuild-signature: sha256=${'0'.repeat(64)}\r\n`),
      401,
      'ERR_WEBHOOK_HEADER_AMBIGUOUS',
    ],
    [
      'the timestamp header twice',
      () => rawDelivery(body, 'X-Visibuild-Timestamp: 1\r\n'),
      401,
      'ERR_WEBHOOK_HEADER_AMBIGUOUS',
    ],
    [
      'the delivery header twice',
      () => rawDelivery(body, 'x-visibuild-delivery: other\r\n'),
      401,
      'ERR_WEBHOOK_HEADER_AMBIGUOUS',
    ],
    [
      'no signature',
      () => rawDelivery(body, '', { 'x-visibuild-timestamp': '1' }),
      401,
      'ERR_WEBHOOK_HEADER_MISSING',
    ],
    [
      'bytes beyond ASCII in the signature',
      () =>
        rawDelivery(body, '', {
          ...signedHeaders({ body }),
          'x-visibuild-signature': 'sha256=\xff\xfe\u00e9',
        }),
      401,
      'ERR_WEBHOOK_HEADER_MALFORMED',
    ],
    [
      'bytes beyond ASCII in other headers',
      () =>
        rawDelivery(
          body,
          'x-note: \xe9\xff\r\n',
          signedHeaders({ body, key: 'another secret of 32 characters.' }),
        ),
      401,
      'ERR_WEBHOOK_SIGNATURE_MISMATCH',
    ],
    [
      'a signature of 12 KiB',
      () =>
        rawDelivery(body, '', {
          ...signedHeaders({ body }),
          'x-visibuild-signature': `sha256=${'ab,'.repeat(4096)}`,
        }),
      401,
      'ERR_WEBHOOK_HEADER_MALFORMED',
    ],
    ['headers beyond 16 KiB', () => rawDelivery(body, `x-long: ${'a'.repeat(17_000)}\r\n`), 431, undefined],
    [
      'Content-Length beside Transfer-Encoding',
      () => rawDelivery(body, 'transfer-encoding: chunked\r\n'),
      400,
      undefined,
    ],
    ['two Content-Lengths', () => rawDelivery(body, 'content-length: 1\r\n'), 400, undefined],
    ['a Content-Length that is no number', () => headFor('', 'content-length: 1e3'), 400, undefined],
    [
      'a compressed body',
      () => rawDelivery(body, 'content-encoding: gzip\r\n'),
      415,
      'ERR_WEBHOOK_BODY_ENCODED',
    ],
    [
      'a signed body that is no JSON',
      () => rawDelivery('{"id": $& \xff'),
      400,
      'ERR_WEBHOOK_PAYLOAD_MALFORMED',
    ],
    ['a signed body that is empty', () => rawDelivery(''), 400, 'ERR_WEBHOOK_PAYLOAD_MALFORMED'],
    [
      'a body that the signature does not cover',
      () => rawDelivery(`${body}$&`, '', signedHeaders({ body })),
      401,
      'ERR_WEBHOOK_SIGNATURE_MISMATCH',
    ],
    [
      'a Content-Length beyond the limit, before the first byte',
      () => headFor('', 'content-length: 20001'),
      413,
      'ERR_WEBHOOK_BODY_TOO_LARGE',
    ],
    [
      'a chunked body beyond the limit',
      () => `${headFor('', 'transfer-encoding: chunked')}4e20\r\n${'x'.repeat(20_000)}\r\n1\r\nx\r\n`,
      413,
      'ERR_WEBHOOK_BODY_TOO_LARGE',
    ],
    [
      'a missing signature before the first byte of the body',
      () => 'POST /hook HTTP/1.1\r\nhost: test\r\ncontent-length: 1000\r\n\r\n',
      401,
      'ERR_WEBHOOK_HEADER_MISSING',
    ],
    ['a body that stalls', () => rawDelivery(body).slice(0, -1), 408, 'ERR_WEBHOOK_BODY_TIMEOUT'],
    [
      'a chunked body that stalls',
      () => `${headFor('x', 'transfer-encoding: chunked')}1\r\nx\r\n`,
      408,
      'ERR_WEBHOOK_BODY_TIMEOUT',
    ],
  ])('%s', async (_what, request, status, reason) => {
    const { port, reasons, isUnharmed } = await serveHook(express, isHandler)
    const answer = await new RawClient(port).send(request()).answer()
    expect(answer.status).toBe(status)
    expect(reasons).toEqual(reason ? [reason] : [])
    await isUnharmed()
  })

  test.each([
    ['none', ''],
    ['an empty one', 'content-type:\r\n'],
    ['a tab in it', 'content-type: application/json\ta\r\n'],
    ['a parameter', 'content-type: application/json; charset=utf-8\r\n'],
    ['garbage after it', 'content-type: application/json garbage\r\n'],
    ['upper case', 'content-type: APPLICATION/JSON\r\n'],
    ['another type', 'content-type: text/plain\r\n'],
    ['an invalid one', 'content-type: ;;=\r\n'],
    ['two of them', 'content-type: application/json\r\ncontent-type: text/plain\r\n'],
  ])('a delivery is read by its bytes with a content type of: %s', async (_what, line) => {
    const { port, handler } = await serveHook(express, isHandler)
    expect((await new RawClient(port).send(rawDelivery(body, line)).answer()).status).toBe(200)
    expect(Buffer.from(handler.mock.calls[0]?.[0].rawBody).toString()).toBe(body)
  })

  test('a chunked delivery, in pieces of any size, is one', async () => {
    const { port, handler } = await serveHook(express, isHandler)
    const client = new RawClient(port).send(headFor(body, 'transfer-encoding: chunked'))
    for (const piece of body.match(/.{1,7}/gs) ?? [])
      client.send(`${piece.length.toString(16)}\r\n${piece}\r\n`)
    client.send('0\r\n\r\n')
    expect((await client.answer()).status).toBe(200)
    expect(Buffer.from(handler.mock.calls[0]?.[0].rawBody).toString()).toBe(body)
  })

  test('a sender that asks before it sends (Expect: 100-continue) is told to', async () => {
    const { port } = await serveHook(express, isHandler)
    const client = new RawClient(port).send(
      headFor(body, `content-length: ${body.length}`, 'expect: 100-continue'),
    )
    await client.until((received) => received.includes('100 Continue'))
    expect((await client.send(body).answer()).status).toBe(200)
  })

  test('a body that breaks off leaves nothing behind', async () => {
    const { port, reasons, rejected, isUnharmed } = await serveHook(express, isHandler)
    const client = new RawClient(port)
    await once(client.socket, 'connect')
    client.socket.end(rawDelivery(body).slice(0, -10), 'latin1')
    await rejected.opened
    expect(reasons).toEqual(['ERR_WEBHOOK_BODY_INCOMPLETE'])
    await client.closed()
    await isUnharmed()
  })

  test('a chunked body that turns into nonsense leaves nothing behind', async () => {
    const { port, isUnharmed } = await serveHook(express, isHandler)
    const client = new RawClient(port).send(
      `${headFor('x', 'transfer-encoding: chunked')}1\r\nx\r\nnonsense\r\n`,
    )
    await client.closed()
    expect(client.received).not.toContain(' 200 ')
    await isUnharmed()
  })

  test('senders that drip are cut off, and others are served meanwhile', async () => {
    const { port, hook, handler } = await serveHook(express, isHandler)
    const clients = Array.from({ length: 20 }, () =>
      new RawClient(port).send(rawDelivery(body).slice(0, -body.length)),
    )
    const dripping = setInterval(() => {
      for (const client of clients) client.send('x')
    }, 10)
    try {
      expect((await deliver(hook)).status).toBe(200)
      for (const client of clients) {
        const { status, headers } = await client.answer()
        expect([status, headers.get('connection')]).toEqual([408, 'close'])
        await client.closed()
      }
      expect(handler).toHaveBeenCalledTimes(1)
    } finally {
      clearInterval(dripping)
    }
  })

  test('a connection on which a request was refused unread serves the next one', async () => {
    const { port, handler } = await serveHook(express, isHandler)
    const client = new RawClient(port)
    const unsigned = `POST /hook HTTP/1.1\r\nhost: test\r\ncontent-length: 5000\r\n\r\n${'x'.repeat(5000)}`
    for (let round = 1; round <= 3; round++) {
      client.send(unsigned)
      expect((await client.takeAnswer()).status).toBe(401)
      client.send(rawDelivery(ticketBody()))
      expect((await client.takeAnswer()).status).toBe(200)
      expect(handler).toHaveBeenCalledTimes(round)
    }
  })

  test('what was too large does not come into the next request', async () => {
    const { port, handler } = await serveHook(express, isHandler)
    const smuggled = rawDelivery(ticketBody())
    const client = new RawClient(port).send(headFor('', 'content-length: 30000') + smuggled.padEnd(30_000))
    expect((await client.takeAnswer()).status).toBe(413)
    await client.closed()
    expect(client.received).toBe('')
    expect(handler).not.toHaveBeenCalled()
  })

  test('random bytes in headers and body are refused, each in an answer', async () => {
    const { port, handler, isUnharmed } = await serveHook(express, isHandler)
    const random = randomFrom(20_261_121)
    const names = [
      'x-visibuild-signature',
      'x-visibuild-timestamp',
      'x-visibuild-delivery',
      'content-type',
      '__proto__',
    ]
    for (let round = 0; round < 150; round++) {
      const noise = () =>
        String.fromCharCode(...Array.from({ length: random(60) }, () => 0x21 + random(0xde)))
      const headers = Object.fromEntries(
        names.filter(() => random(4) > 0).map((name) => [name, random(3) ? `sha256=${noise()}` : noise()]),
      )
      const client = new RawClient(port).send(
        rawDelivery(noise(), '', { ...signedHeaders({ body }), ...headers }),
      )
      expect([400, 401]).toContain((await client.answer()).status)
      client.socket.destroy()
    }
    expect(handler).not.toHaveBeenCalled()
    await isUnharmed()
  })
})

test.each(frameworks)(
  'a second Authorization header, which Node hides, is seen on $framework',
  async ({ express }) => {
    const handler = vi.fn()
    const app = express()
    const basic = { username: 'user', password: 'a password of some length' }
    app.post('/hook', webhookHandler({ scheme: scratcher(), secret: basic }, handler))
    const { port } = await serve(app)
    const proof = `Basic ${Buffer.from(`${basic.username}:${basic.password}`).toString('base64')}`
    const deliveryWith = (extra: string) => rawDelivery('{"a":"1"}', extra, { authorization: proof })
    const client = new RawClient(port)
    expect((await client.send(deliveryWith('')).takeAnswer()).status).toBe(200)
    expect((await client.send(deliveryWith('Authorization: Basic eDp5\r\n')).takeAnswer()).status).toBe(401)
    expect((await client.send(deliveryWith(`authorization: ${proof}\r\n`)).takeAnswer()).status).toBe(401)
    expect(handler).toHaveBeenCalledTimes(1)
  },
)

/** A linear congruential generator, so that a failing round can be repeated. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32
    return Math.floor((state / 2 ** 32) * below)
  }
}
