import { github, visibuild } from '@countersign/core/schemes'
import { createSender } from '@countersign/testing'
import type { FastifyServerOptions, RouteShorthandOptions } from 'fastify'
import { expect, test, vi } from 'vitest'
import { deliver, secret } from './support/deliver.js'
import { serve } from './support/serve.js'

const kibi = 1024
const mebi = 1024 * 1024

interface Limits {
  readonly instance?: number
  readonly route?: number
  readonly maxBodyBytes?: number
}

/** Serves a webhook with limits, and returns the status for a body of this size. */
async function serveLimited({ instance, route, maxBodyBytes }: Limits, scheme = github()) {
  const onRejected = vi.fn()
  const server: FastifyServerOptions = instance === undefined ? {} : { bodyLimit: instance }
  const options: RouteShorthandOptions = route === undefined ? {} : { bodyLimit: route }
  const limit = maxBodyBytes === undefined ? {} : { maxBodyBytes }
  const { app } = await serve((root) => {
    const config = { webhook: { scheme, secret, onRejected, ...limit } }
    root.post('/hook', { ...options, config }, async () => 'ran')
  }, server)
  const sender = createSender({ scheme, secret })
  return async (bytes: number, headers = {}) => {
    const text = JSON.stringify({ id: crypto.randomUUID(), text: '' })
    const body = text.replace('""', JSON.stringify('x'.repeat(bytes - text.length)))
    const { status } = await deliver(app, sender.sign({ url: '/hook', body, headers }))
    return status === 413 ? onRejected.mock.lastCall?.[0].code : status
  }
}

const tooLarge = 'ERR_WEBHOOK_BODY_TOO_LARGE'

test.each<[string, Limits, number]>([
  ["the route's", { route: 10 * kibi }, 10 * kibi],
  ["the route's, where it is as large as Fastify's default", { route: mebi }, mebi],
  ["the instance's", { instance: 10 * kibi }, 10 * kibi],
  ["the route's before the instance's", { instance: kibi, route: 10 * kibi }, 10 * kibi],
  ["maxBodyBytes, where the route's is larger", { route: 20 * kibi, maxBodyBytes: 10 * kibi }, 10 * kibi],
  ["the route's, where maxBodyBytes is larger", { route: 10 * kibi, maxBodyBytes: 20 * kibi }, 10 * kibi],
  ["maxBodyBytes, where only Fastify's default is smaller", { maxBodyBytes: 2 * mebi }, 2 * mebi],
])('the limit is %s', async (_whose, limits, bytes) => {
  const send = await serveLimited(limits)
  expect(await send(bytes)).toBe(200)
  expect(await send(bytes + 1)).toBe(tooLarge)
  expect(await send(bytes, { 'Transfer-Encoding': 'chunked' })).toBe(200)
  expect(await send(bytes + 1, { 'Transfer-Encoding': 'chunked' })).toBe(tooLarge)
})

test("Fastify's default neither lowers nor raises the limit of a scheme", async () => {
  const send = await serveLimited({})
  expect(await send(3 * mebi)).toBe(200)
  const small = await serveLimited({}, github({ maxBodyBytes: kibi }))
  expect(await small(kibi + 1)).toBe(tooLarge)
})

test('a route with the same options has its own limit', async () => {
  const config = { webhook: { scheme: visibuild(), secret } }
  const { app } = await serve((root) => {
    root.post('/small', { config, bodyLimit: 10 }, async () => 'ran')
    root.post('/large', { config }, async () => 'ran')
  })
  const sender = createSender({ scheme: visibuild(), secret })
  expect((await deliver(app, sender.sign({ url: '/small' }))).status).toBe(413)
  expect((await deliver(app, sender.sign({ url: '/large' }))).status).toBe(200)
})
