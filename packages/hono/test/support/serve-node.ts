import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import type { Hono } from 'hono'
import { onTestFinished } from 'vitest'

/** Serves on a free loopback port until the test has finished. */
export async function serveNode(
  app: Hono,
  options: { readonly overrideGlobalObjects?: boolean } = {},
): Promise<{ readonly port: number; readonly url: string }> {
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0, ...options }) as Server
  await once(server, 'listening')
  onTestFinished(async () => {
    const closed = new Promise((resolve) => server.close(resolve))
    server.closeAllConnections()
    await closed
  })
  const { port } = server.address() as AddressInfo
  return { port, url: `http://127.0.0.1:${port}` }
}
