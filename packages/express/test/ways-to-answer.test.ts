import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gunzipSync } from 'node:zlib'
import compression from 'compression'
import type { RequestHandler } from 'express'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createGate } from '../../../test/support/gate.js'
import { parseAnswer, RawClient } from '../../../test/support/raw-client.js'
import { serve } from '../../../test/support/serve.js'
import { frameworks } from './support/frameworks.js'
import { appWith, comparable, request, roundTrip, serveGated } from './support/serve-gated.js'

const large = 'webhook '.repeat(4000)
let folder: string
let file: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'settle-'))
  file = join(folder, 'answer.txt')
  await writeFile(file, large)
})
afterAll(() => rm(folder, { recursive: true }))

/** Ways in which a route may answer. The sender must get the same bytes as without the suite. */
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
  ])('compression mounted %s it compresses, and the answer still waits', async (_place, withCompression) => {
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
})
