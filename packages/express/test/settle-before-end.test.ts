import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gunzipSync } from 'node:zlib'
import compression from 'compression'
import type { RequestHandler } from 'express'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { createGate, type Gate } from '../../../test/support/gate.js'
import { type Answer, parseAnswer, RawClient } from '../../../test/support/raw-client.js'
import { type Served, serve } from '../../../test/support/serve.js'
import { settleBeforeEnd } from '../../core/src/node/answer/settle-before-end.js'
import { type Express, frameworks } from './support/frameworks.js'

const large = 'webhook '.repeat(4000)
let folder: string
let file: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'settle-'))
  file = join(folder, 'answer.txt')
  await writeFile(file, large)
})
afterAll(() => rm(folder, { recursive: true }))

/** Ways in which a route may answer. Each must look to the sender as it does without the suite. */
const routes: Record<string, RequestHandler> = {
  'json()': (_req, res) => void res.json({ ok: true }),
  'send()': (_req, res) => void res.status(202).send('taken'),
  'sendStatus(204)': (_req, res) => void res.sendStatus(204),
  'a bare end()': (_req, res) => void res.end(),
  'end() with a text': (_req, res) => void res.end('grüße'),
  'end() with an encoding': (_req, res) => void res.end('deadbeef', 'hex'),
  'end() with bytes': (_req, res) => void res.end(new Uint8Array([1, 2, 255])),
  'a status that releases': (_req, res) => void res.status(503).set('Retry-After', '7').send('later'),
  'redirect()': (_req, res) => void res.redirect('/elsewhere'),
  'write() and end(), chunked': (_req, res) => {
    res.write('one ')
    res.write('two ')
    res.end('three')
  },
  'a Content-Length, met by the only write()': (_req, res) => {
    res.setHeader('Content-Length', 5)
    res.write('whole')
    res.end()
  },
  'a Content-Length, met by the last of several writes': (_req, res) => {
    res.setHeader('Content-Length', 9)
    res.write('one')
    res.write(Buffer.from('two'))
    res.write('six')
    res.end()
  },
  'a Content-Length, met before an empty write()': (_req, res) => {
    res.setHeader('Content-Length', 5)
    res.write('whole')
    res.write('')
    res.end('')
  },
  'a Content-Length, met by write() and end()': (_req, res) => {
    res.setHeader('Content-Length', 8)
    res.write('half')
    res.end('half')
  },
  'a Content-Length in writeHead()': (_req, res) => {
    res.writeHead(201, 'Made', { 'Content-Length': 5 })
    res.write('whole')
    res.end()
  },
  'a Content-Length in a list in writeHead()': (_req, res) => {
    res.writeHead(200, ['content-length', '5', 'x-other', 'a'])
    res.write('whole')
    res.end()
  },
  'flushHeaders() of an answer without body': (_req, res) => {
    res.status(204).flushHeaders()
    res.end()
  },
  'flushHeaders() of an answer of length 0': (_req, res) => {
    res.setHeader('Content-Length', 0)
    res.flushHeaders()
    res.end()
  },
  'flushHeaders() before a chunked body': (_req, res) => {
    res.flushHeaders()
    res.write('one ')
    res.end('two')
  },
  'a stream of known length': (_req, res) => {
    res.setHeader('Content-Length', large.length)
    Readable.from(
      Buffer.from(large)
        .toString()
        .match(/.{1000}/gs) ?? [],
    ).pipe(res)
  },
  'sendFile()': (_req, res) => res.sendFile(file),
  'a throw before any answer': () => {
    throw new Error('broken')
  },
  'no answer at all from the route': (_req, _res, next) => next(),
}

const compressible: RequestHandler[] = [
  (_req, res) => void res.json({ ok: true }),
  (_req, res) => res.sendFile(file),
  (_req, res) => {
    res.type('text').write('one ')
    res.write('two ')
    res.end('three')
  },
  (_req, res) => {
    res.type('text').setHeader('Content-Length', 13)
    res.write('one two ')
    res.write('three')
    res.end()
  },
]

describe.each(frameworks)('$framework', ({ express }) => {
  test.each(Object.entries(routes))(
    '%s: the last byte waits until the claim is settled',
    async (_name, route) => {
      const plain = new RawClient((await serve(appWith(express, route))).port)
      const expected = comparable(await plain.send(request('/')).answer())

      const gate = createGate()
      const { served, statuses, settling } = await serveGated(express, gate, route)
      const client = new RawClient(served.port).send(request('/'))
      await settling.opened
      await roundTrip(served)
      expect(parseAnswer(client.received)).toBeUndefined()

      gate.open()
      expect(comparable(await client.answer())).toEqual(expected)
      expect(statuses).toEqual([expected.status])
    },
  )

  test.each([
    ['before', (app: RequestHandler[]) => [compression({ threshold: 0 }), ...app]],
    ['after', (app: RequestHandler[]) => [...app, compression({ threshold: 0 })]],
  ])('compression mounted %s it compresses, and still waits', async (_place, withCompression) => {
    for (const route of compressible) {
      const gate = createGate()
      const { served, statuses, settling } = await serveGated(express, gate, route, withCompression)
      const client = new RawClient(served.port).send(request('/', 'accept-encoding: gzip\r\n'))
      await settling.opened
      await roundTrip(served)
      expect(parseAnswer(client.received)).toBeUndefined()
      gate.open()
      const answer = await client.answer()
      expect(answer.headers.get('content-encoding')).toBe('gzip')
      expect(['{"ok":true}', large, 'one two three']).toContain(
        gunzipSync(Buffer.from(answer.body, 'latin1')).toString(),
      )
      expect(statuses).toEqual([200])
    }
  })

  test('a second answer while settling is an error in the route, as without the suite, and the first one stands', async () => {
    const gate = createGate()
    const seen: unknown[] = []
    const { served, statuses } = await serveGated(express, gate, (_req, res) => {
      res.json({ answer: 1 })
      try {
        res.json({ answer: 2 })
      } catch (error) {
        seen.push(error)
      }
      res.statusCode = 500
      gate.open()
    })
    const answer = await new RawClient(served.port).send(request('/')).answer()
    expect([answer.status, answer.body]).toEqual([200, '{"answer":1}'])
    expect(seen).toMatchObject([{ code: 'ERR_HTTP_HEADERS_SENT' }])
    expect(statuses).toEqual([200])
  })

  test('what is written after the end is refused, told to its callback, and ends nothing', async () => {
    const gate = createGate()
    const refusals: unknown[] = []
    const { served, statuses } = await serveGated(express, gate, async (_req, res) => {
      res.end('first')
      expect(res.write('second', (error) => refusals.push(error))).toBe(false)
      res.end('third', () => refusals.push('told'))
      expect(() => res.setHeader('x-late', '1')).toThrow(/headers/)
      await new Promise(setImmediate)
      gate.open()
    })
    const answer = await new RawClient(served.port).send(request('/')).answer()
    expect([answer.body, answer.headers.has('x-late')]).toEqual(['first', false])
    expect(refusals).toMatchObject([{ code: 'ERR_STREAM_WRITE_AFTER_END' }, 'told'])
    expect(statuses).toEqual([200])
  })

  test.each(['slow', 'quick'])(
    'a throw after the answer changes nothing, with a %s settling',
    async (speed) => {
      const gate = createGate()
      if (speed === 'quick') gate.open()
      const route = vi.fn<RequestHandler>((_req, res) => {
        res.json({ ok: true })
        throw new Error('too late')
      })
      const { served, statuses, settling } = await serveGated(express, gate, route)
      const client = new RawClient(served.port).send(request('/'))
      await settling.opened
      await roundTrip(served)
      gate.open()
      expect((await client.answer()).body).toBe('{"ok":true}')
      // Without the suite, too, Express cuts the connection then.
      await client.closed()
      expect(statuses).toEqual([200])
      expect(route).toHaveBeenCalledTimes(1)
    },
  )

  test('a sender that went away is no end: the late end() of the route settles', async () => {
    const closed = createGate()
    const gate = createGate()
    gate.open()
    const { served, statuses, settling } = await serveGated(express, gate, async (_req, res) => {
      res.on('close', closed.open)
      res.app.emit('started')
      await closed.opened
      await new Promise(setImmediate)
      expect(statuses).toEqual([])
      res.json({ ok: true })
    })
    const client = new RawClient(served.port)
    served.app.once('started', () => client.socket.destroy())
    client.send(request('/'))
    await settling.opened
    expect(statuses).toEqual([200])
  })

  test("an answer that Node refuses is Node's error in the route, which can still answer", async () => {
    const gate = createGate()
    gate.open()
    const seen: unknown[] = []
    const { served, statuses } = await serveGated(express, gate, (_req, res) => {
      try {
        res.end({ not: 'bytes' })
      } catch (error) {
        seen.push(error)
      }
      res.sendStatus(422)
    })
    expect((await fetch(served.url)).status).toBe(422)
    expect(seen).toMatchObject([{ code: 'ERR_INVALID_ARG_TYPE' }])
    expect(statuses).toEqual([422])
  })

  test('the status that counts is the one that the sender gets', async () => {
    const gate = createGate()
    gate.open()
    const { served, statuses } = await serveGated(express, gate, (_req, res) => {
      res.writeHead(503)
      res.statusCode = 200
      res.end()
    })
    expect((await fetch(served.url)).status).toBe(503)
    expect(statuses).toEqual([503])
  })

  test('a settling that fails against its promise does not keep the answer back', async () => {
    const app = express()
    app.use((_req, res, next) => {
      settleBeforeEnd(res, () => Promise.reject(new Error('broken')))
      next()
    })
    app.use((_req, res) => void res.json({ ok: true }))
    expect(await (await fetch((await serve(app)).url)).json()).toEqual({ ok: true })
  })

  test('callbacks of held writes are called, so that a route that waits for them comes to its end', async () => {
    const gate = createGate()
    gate.open()
    const ended = createGate()
    const { served } = await serveGated(express, gate, async (_req, res) => {
      res.setHeader('Content-Length', 6)
      const bytes = Buffer.from('abc')
      await new Promise((resolve) => res.write(bytes, resolve))
      bytes.fill('x')
      await new Promise((resolve) => res.write('def', 'utf8', resolve))
      res.end(ended.open)
    })
    expect(await (await fetch(served.url)).text()).toBe('abcdef')
    await ended.opened
  })

  test('two requests at once settle each for itself', async () => {
    const first = createGate()
    const statuses: string[] = []
    const app = express()
    app.use('/:name', (req, res, next) => {
      const { name = '' } = req.params as { name?: string }
      settleBeforeEnd(res, async (status) => {
        statuses.push(`${name} ${status}`)
        if (name === 'first') await first.opened
        return true
      })
      next()
    })
    app.use('/:name', (req, res) => void res.send(req.baseUrl))
    const served = await serve(app)
    const slow = fetch(`${served.url}/first`)
    expect(await (await fetch(`${served.url}/second`)).text()).toBe('/second')
    first.open()
    expect(await (await slow).text()).toBe('/first')
    expect(statuses.sort()).toEqual(['first 200', 'second 200'])
  })
})

function appWith(express: Express, ...handlers: RequestHandler[]) {
  const app = express()
  // Else Node keeps a list of headers from the start, in which it would find those of writeHead(), too.
  app.disable('x-powered-by')
  app.get('/other', (_req, res) => void res.send('other'))
  app.use(...handlers)
  // Quiet, and without a stack in the answer, which would differ between the two servers.
  app.set('env', 'test')
  return app
}

async function serveGated(
  express: Express,
  gate: Gate,
  route: RequestHandler,
  arrange: (handlers: RequestHandler[]) => RequestHandler[] = (handlers) => handlers,
) {
  const statuses: number[] = []
  const settling = createGate()
  const settled: RequestHandler = (_req, res, next) => {
    settleBeforeEnd(res, async (status) => {
      statuses.push(status)
      settling.open()
      await gate.opened
      return true
    })
    next()
  }
  const app = appWith(express, ...arrange([settled]), route)
  onTestFinished(gate.open)
  return { served: { ...(await serve(app)), app }, statuses, settling }
}

/** Time for every byte that was on its way to arrive. */
async function roundTrip({ url }: Served): Promise<void> {
  for (let i = 0; i < 3; i++) await (await fetch(`${url}/other`)).text()
}

function request(path: string, headers = ''): string {
  return `POST ${path} HTTP/1.1\r\nhost: test\r\n${headers}content-length: 0\r\n\r\n`
}

/** All but what differs between two runs: the date, and the trace in an error page. */
function comparable({ status, headers, body }: Answer) {
  const fixed = new Map(
    [...headers].filter(([name]) => name !== 'date' && name !== 'last-modified' && name !== 'etag'),
  )
  if (status < 500 || status === 503) return { status, headers: fixed, body }
  fixed.delete('content-length')
  return { status, headers: fixed, body: body.includes('broken') }
}
