import type { AddressInfo } from 'node:net'
import { RawClient } from '@countersign/testing/http'
import fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify'
import { onTestFinished } from 'vitest'
import { webhooks } from '../../src/index.js'

/** A line of Fastify's log. */
export interface LogLine {
  readonly level: number
  readonly msg: string
  readonly code?: string
  readonly err?: { readonly code?: string; readonly message: string }
  readonly res?: { readonly statusCode: number }
}

/** An application without the plugin, which closes after the test. Returns its log lines, too. */
export function createApp(options: FastifyServerOptions = {}): { app: FastifyInstance; log: LogLine[] } {
  const log: LogLine[] = []
  const stream = { write: (line: string) => void log.push(JSON.parse(line)) }
  const app = fastify({ forceCloseConnections: true, logger: { stream }, ...options })
  onTestFinished(() => app.close())
  return { app, log }
}

/** Listens on a free loopback port, with the plugin and what `declare` adds. */
export async function serve(
  declare: (app: FastifyInstance) => unknown,
  options: FastifyServerOptions = {},
): Promise<{ app: FastifyInstance; log: LogLine[] }> {
  const { app, log } = createApp(options)
  await app.register(webhooks)
  await declare(app)
  await app.listen({ port: 0, host: '127.0.0.1' })
  return { app, log }
}

/** A connection to an application, which is destroyed after the test. */
export function connectTo(app: FastifyInstance): RawClient {
  const client = new RawClient({ port: (app.server.address() as AddressInfo).port })
  onTestFinished(() => client.destroy())
  return client
}
