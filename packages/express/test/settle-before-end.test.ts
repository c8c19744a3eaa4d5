import type { RequestHandler } from 'express'
import { describe, expect, test, vi } from 'vitest'
import { createGate } from '../../../test/support/gate.js'
import { RawClient } from '../../../test/support/raw-client.js'
import { serve } from '../../../test/support/serve.js'
import { settleBeforeEnd } from '../../core/src/node/answer/settle-before-end.js'
import { frameworks } from './support/frameworks.js'
import { request, roundTrip, serveGated } from './support/serve-gated.js'

describe.each(frameworks)('$framework', ({ express }) => {
  test('a second answer while settling is an error in the route, as without the suite, and the first one is sent', async () => {
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

  test('a write after the end is refused with an error to its callback, and ends nothing', async () => {
    const gate = createGate()
    const refusals: unknown[] = []
    const { served, statuses } = await serveGated(express, gate, async (_req, res) => {
      res.end('first')
      expect(res.write('second', (error) => refusals.push(error))).toBe(false)
      res.end('third', () => refusals.push('called'))
      expect(() => res.setHeader('x-late', '1')).toThrow(/headers/)
      await new Promise(setImmediate)
      gate.open()
    })
    const answer = await new RawClient(served.port).send(request('/')).answer()
    expect([answer.body, answer.headers.has('x-late')]).toEqual(['first', false])
    expect(refusals).toMatchObject([{ code: 'ERR_STREAM_WRITE_AFTER_END' }, 'called'])
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
      // Express cuts the connection then without the suite, too.
      await client.closed()
      expect(statuses).toEqual([200])
      expect(route).toHaveBeenCalledTimes(1)
    },
  )

  test('a sender that disconnects does not settle the claim: the late end() of the route does', async () => {
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

  test("an answer that Node refuses throws Node's error in the route, which can still answer", async () => {
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

  test('the status that the sender gets decides', async () => {
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

  test('the answer is sent even if settling rejects', async () => {
    const app = express()
    app.use((_req, res, next) => {
      settleBeforeEnd(res, () => Promise.reject(new Error('broken')))
      next()
    })
    app.use((_req, res) => void res.json({ ok: true }))
    expect(await (await fetch((await serve(app)).url)).json()).toEqual({ ok: true })
  })

  test('callbacks of held writes are called, so that a route that waits for them can end', async () => {
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

  test('two requests at once settle independently', async () => {
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
