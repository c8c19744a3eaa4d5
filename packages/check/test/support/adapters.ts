import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { pathToFileURL } from 'node:url'
import type { ReceiverOptions } from '@countersign/core'
import { webhook as onNode } from '@countersign/core/node'
import { webhook as onExpress } from '@countersign/express'
import { webhooks as onFastify } from '@countersign/fastify'
import { webhook as onHono } from '@countersign/hono'

/** A running receiver. */
export interface Served {
  readonly url: string
  readonly stop: () => void
}

/** Serves a receiver of this library. The function handles each delivery, and the answer is 204. */
export type Serve = (options: ReceiverOptions, handle: () => Promise<void>) => Promise<Served>

/** The frameworks are dependencies of the adapters' packages, so they are resolved from there. */
async function load(adapter: string, framework: string) {
  const { resolve } = createRequire(new URL(`../../../../${adapter}/package.json`, import.meta.url))
  return import(pathToFileURL(resolve(framework)).href)
}

export const serveNode: Serve = (options, handle) => {
  const accept = onNode(options)
  return listen(async (request, response) => {
    if (!(await accept(request, response))) return
    await handle()
    response.writeHead(204).end()
  })
}

export const frameworks: Readonly<Record<string, Serve>> = {
  express: async (options, handle) => {
    const { default: express } = await load('express', 'express')
    const app = express()
    app.post(
      '/hook',
      onExpress(options),
      async (_request: unknown, response: { sendStatus(status: number): void }) => {
        await handle()
        response.sendStatus(204)
      },
    )
    return listen(app)
  },
  fastify: async (options, handle) => {
    const { default: fastify } = await load('fastify', 'fastify')
    const app = fastify({ forceCloseConnections: true })
    await app.register(onFastify)
    const route = async (_request: unknown, reply: { code(status: number): { send(): unknown } }) => {
      await handle()
      return reply.code(204).send()
    }
    app.post('/hook', { config: { webhook: options } }, route)
    const origin: string = await app.listen({ port: 0, host: '127.0.0.1' })
    return { url: `${origin}/hook`, stop: () => void app.close() }
  },
  hono: async (options, handle) => {
    const [{ Hono }, { getRequestListener }] = await Promise.all([
      load('hono', 'hono'),
      load('hono', '@hono/node-server'),
    ])
    const app = new Hono()
    app.post('/hook', onHono(options), async (c: { body(body: null, status: number): Response }) => {
      await handle()
      return c.body(null, 204)
    })
    return listen(getRequestListener(app.fetch))
  },
}

async function listen(listener: RequestListener): Promise<Served> {
  const server = createServer(listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const stop = () => {
    server.closeAllConnections()
    server.close()
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, stop }
}
