import fastify from 'fastify'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { deliver, hook, sign } from './support/deliver.js'

/** Created before the package is loaded, as in a program that imports it only when needed. */
const [sibling, below, spread, covered] = [fastify(), fastify(), fastify(), fastify()]
const forged = () => sign({ secret: 'another-secret-of-the-sender-here' })
const handler = vi.fn(async () => 'ran')

beforeAll(async () => {
  sibling.register(async (child) => void child.post('/hook', { config: hook() }, handler))
  below.post('/hook', { config: hook() }, handler)
  below.get('/other', async () => 'ran')
  const { webhook, webhooks } = await import('../src/index.js')
  for (const app of [sibling, below]) app.register(async (child) => void (await child.register(webhooks)))
  spread.post('/hook', { ...webhook(hook().webhook) }, async (request) => request.webhook.event)
  covered.register(webhooks)
  covered.post('/hook', { config: hook() }, async (request) => request.webhook.event)
  for (const app of [sibling, below, spread, covered]) await app.listen({ port: 0, host: '127.0.0.1' })
})

afterAll(async () => {
  for (const app of [sibling, below, spread, covered]) await app.close()
})

test('a plugin closes every route that it does not verify, in every context and if declared before it was loaded', async () => {
  for (const app of [sibling, below]) {
    const answer = await deliver(app, forged())
    expect([answer.status, answer.body]).toEqual([500, expect.stringContaining('no verified delivery')])
  }
  expect(handler).not.toHaveBeenCalled()
  expect(await (await fetch(`${below.listeningOrigin}/other`)).text()).toBe('ran')
})

test('the helper and the plugin verify as usual', async () => {
  for (const app of [spread, covered]) {
    expect((await deliver(app)).body).toBe('ticket.created')
    expect((await deliver(app, forged())).status).toBe(401)
  }
})
