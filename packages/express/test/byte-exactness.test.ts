import { createHmac } from 'node:crypto'
import { hmacScheme, visibuild } from '@countersign/core/schemes'
import { describe, expect, test, vi } from 'vitest'
import { webhook, webhookHandler } from '../src/index.js'
import { frameworks } from './support/frameworks.js'
import { deliver, secret, ticketBody } from './support/sender.js'
import { serve } from './support/serve.js'

const every = Uint8Array.from({ length: 256 }, (_, byte) => byte)

describe.each(frameworks)('the bytes that came are the bytes that count, on $framework', ({ express }) => {
  test.each<[string, string | Uint8Array]>([
    ['every byte there is', every],
    ['invalid UTF-8', Uint8Array.from([0x22, 0xff, 0xc3, 0x28, 0x22])],
    ['a byte order mark', '\ufeff{}'],
    ['CRLF and trailing blanks', '{\r\n"a": 1}\r\n \r\n'],
    ['NUL', '{"a":"\u0000"}'],
    ['emoji and combining characters', '{"a":"👩‍👩‍👧 e\u0301"}'],
    ['patterns of replacements', '{"a":"$& $1 $` $$"}'],
    ['numbers that no parser keeps', '{"a":1.0,"b":1e2,"c":12345678901234567890}'],
    ['a key twice', '{"a":1,"a":2}'],
    ['nothing', ''],
    ['as many as may come', 'x'.repeat(1_048_576)],
  ])('%s', async (_what, body) => {
    const scheme = hmacScheme({ name: 'bytes', header: 'x-signature', payload: 'bytes' })
    const handler = vi.fn()
    const app = express()
    app.post('/hook', webhookHandler({ scheme, secret }, handler))
    app.post(
      '/parsed',
      express.raw({ type: '*/*', limit: '2mb' }),
      webhook({ scheme, secret }),
      (req, res) => {
        handler(req.webhook)
        res.sendStatus(200)
      },
    )
    const { url } = await serve(app)
    const headers = { 'x-signature': createHmac('sha256', secret).update(body).digest('hex') }
    for (const path of ['/hook', '/parsed']) {
      expect((await deliver(url + path, body, headers)).status).toBe(200)
      const { rawBody, payload } = handler.mock.lastCall?.[0] ?? {}
      expect(Buffer.from(rawBody).equals(Buffer.from(body))).toBe(true)
      expect(payload).toBe(rawBody)
      const other = body.length > 0 ? Buffer.from(body).subarray(1) : every
      expect((await deliver(url + path, other, headers)).status).toBe(401)
    }
  })

  test('the payload is what those bytes say', async () => {
    const handler = vi.fn()
    const app = express()
    app.post('/hook', webhookHandler({ scheme: visibuild(), secret }, handler))
    const { url } = await serve(app)
    const body = ticketBody({ data: { title: 'Grüße 👋 $&', __proto__: null } })
    expect((await deliver(`${url}/hook`, body)).status).toBe(200)
    expect(handler.mock.calls[0]?.[0].payload).toEqual(JSON.parse(body))
  })
})
