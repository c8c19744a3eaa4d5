import { webhook, webhookHandler } from '@countersign/express'
import express, { type RequestHandler } from 'express'
import { describe, expect, test, vi } from 'vitest'
import { expressHosts } from './support/express-hosts.js'
import { forger, scheme, secret, sender } from './support/senders.js'
import { watchProcess } from './support/watch-process.js'

describe.each(expressHosts)('Express behind $name', (host) => {
  async function start() {
    const uncaught = watchProcess()
    const route = vi.fn<RequestHandler>((_request, response) => void response.sendStatus(204))
    const handler = vi.fn()
    const options = { scheme, secret, onWarning: vi.fn() }
    const app = express()
    app.post('/middleware', webhook(options), route)
    app.post('/handler', webhookHandler(options, handler))
    return { deliver: await host.start(app), route, handler, uncaught }
  }

  test('webhook() passes a delivery on once, and refuses a forgery', async () => {
    const { deliver, route, uncaught } = await start()
    const delivery = sender.sign()
    expect(await deliver('/middleware', forger.sign())).toBe(401)
    expect(await deliver('/middleware', delivery)).toBe(204)
    expect(await deliver('/middleware', delivery)).toBe(200)
    expect(route).toHaveBeenCalledTimes(1)
    expect(route.mock.calls[0]?.[0].webhook?.event).toBe('ticket.status_changed')
    expect(await uncaught()).toEqual([])
  })

  test('webhook() releases a failed delivery for a retry', async () => {
    const { deliver, route } = await start()
    const delivery = sender.sign()
    route.mockImplementationOnce((_request, response) => void response.status(500).json({ error: 'later' }))
    expect(await deliver('/middleware', delivery)).toBe(500)
    expect(await deliver('/middleware', delivery)).toBe(204)
    expect(route).toHaveBeenCalledTimes(2)
  })

  test('webhookHandler() handles a delivery once, and refuses a forgery', async () => {
    const { deliver, handler, uncaught } = await start()
    const delivery = sender.sign()
    expect(await deliver('/handler', forger.sign())).toBe(401)
    expect(await deliver('/handler', delivery)).toBe(200)
    expect(await deliver('/handler', delivery)).toBe(200)
    expect(handler).toHaveBeenCalledTimes(1)
    handler.mockRejectedValueOnce(new Error('later'))
    expect(await deliver('/handler', sender.sign())).toBe(500)
    expect(await uncaught()).toEqual([])
  })
})
