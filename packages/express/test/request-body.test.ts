import { hmacScheme, visibuild } from '@countersign/core/schemes'
import type { RequestHandler } from 'express'
import { describe, expect, test, vi } from 'vitest'
import { serve } from '../../../test/support/serve.js'
import { webhook, webhookHandler } from '../src/index.js'
import { frameworks } from './support/frameworks.js'
import { deliver, secret, signedHeaders, ticketBody } from './support/sender.js'

const keep = {
  verify: (req: object, _res: unknown, bytes: Buffer) => void Object.assign(req, { rawBody: bytes }),
}

describe.each(frameworks)('req.body behind the webhook, on $framework', ({ express }) => {
  /** Records what the route and the handler find in it. */
  async function bodies(before: RequestHandler[], behind: RequestHandler[]) {
    const seen: unknown[] = []
    const options = { scheme: visibuild(), secret }
    const see: RequestHandler = (req, res) => {
      seen.push(req.body)
      res.sendStatus(204)
    }
    const app = express()
    app.post('/hook', ...before, webhook(options), ...behind, see)
    app.post(
      '/handler',
      ...before,
      webhookHandler(options, (_delivery, { req }) => void seen.push(req.body)),
    )
    const { url } = await serve(app)
    for (const [path, status] of [
      ['/hook', 204],
      ['/handler', 200],
    ] as const) {
      const body = ticketBody({ text: 'a=1&b=2' })
      expect((await deliver(url + path, body)).status).toBe(status)
    }
    return seen
  }
  const payload = expect.objectContaining({ type: 'ticket.created', text: 'a=1&b=2' })

  test('is the verified payload', async () => {
    expect(await bodies([], [])).toEqual([payload, payload])
  })

  test('is the verified payload even if a parser has kept the bytes and parsed them differently', async () => {
    const everything = { type: () => true, ...keep }
    for (const parser of [express.urlencoded({ extended: true, ...everything }), express.text(everything)])
      expect(await bodies([parser], [])).toEqual([payload, payload])
  })

  test('is unchanged if it holds bytes', async () => {
    const [hook, handler] = await bodies([express.raw({ type: () => true })], [])
    expect([Buffer.isBuffer(hook), Buffer.isBuffer(handler)]).toEqual([true, true])
  })

  test('is not changed by parsers after the webhook', async () => {
    expect(await bodies([], [express.json(), express.urlencoded({ extended: true })])).toEqual([
      payload,
      payload,
    ])
  })

  test('is the bytes if they are the payload', async () => {
    const scheme = hmacScheme({
      name: 'bytes',
      header: 'x-visibuild-signature',
      prefix: 'sha256=',
      signedContent: '{timestamp}.{body}',
      timestamp: { header: 'x-visibuild-timestamp', unit: 's' },
      payload: 'bytes',
    })
    const route = vi.fn<RequestHandler>((_req, res) => void res.sendStatus(204))
    const app = express()
    app.post('/hook', webhook({ scheme, secret }), route)
    expect(
      (await deliver(`${(await serve(app)).url}/hook`, '\0\x01', signedHeaders({ body: '\0\x01' }))).status,
    ).toBe(204)
    expect(Buffer.from(route.mock.calls[0]?.[0].body).toString()).toBe('\0\x01')
  })
})
