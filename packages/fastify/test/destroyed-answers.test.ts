import { Readable } from 'node:stream'
import { expect, test, vi } from 'vitest'
import { deliver, sign, wire } from './support/deliver.js'
import { connectTo } from './support/serve.js'
import { type Handler, serveRoute } from './support/serve-route.js'

function breakingStream(): Readable {
  return Readable.from(
    (async function* () {
      yield 'first'
      await new Promise(setImmediate)
      throw new Error('broken source')
    })(),
  )
}

test.each<[string, Handler]>([
  ['reply.raw.destroy()', (_request, reply) => void reply.raw.destroy()],
  ['reply.hijack() and reply.raw.destroy()', (_request, reply) => void reply.hijack().raw.destroy()],
  ['request.raw.socket.destroy()', (request) => void request.raw.socket.destroy()],
  ['request.socket.destroy()', (request) => void request.socket.destroy()],
  ['a payload that breaks after the head', async () => breakingStream()],
  ['a web stream that breaks after the head', async () => Readable.toWeb(breakingStream())],
  [
    'a throw after the head',
    async (_request, reply) => {
      reply.raw.write('first')
      throw new Error('broken')
    },
  ],
])('%s is a failure, and the retry runs', async (_what, destroy) => {
  const onFailed = vi.fn()
  let runs = 0
  const { app } = await serveRoute({
    handler: (request, reply) => {
      runs += 1
      return runs === 1 ? destroy(request, reply) : reply.code(204).send()
    },
    webhook: { onFailed },
  })
  const delivery = sign()
  const client = connectTo(app).send(wire(delivery))
  await client.closed()
  expect(onFailed).toHaveBeenCalledTimes(1)
  expect((await deliver(app, delivery)).status).toBe(204)
  expect(runs).toBe(2)
})
