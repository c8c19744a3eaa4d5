import { serve } from '@hono/node-server'

/** Serves a function of web-standard requests on a free loopback port. */
export async function serveFetch(
  fetch: (request: Request) => Promise<Response>,
): Promise<{ readonly origin: string; readonly stop: () => Promise<void> }> {
  let server: ReturnType<typeof serve> | undefined
  const port = await new Promise<number>((resolve) => {
    server = serve({ fetch, port: 0, hostname: '127.0.0.1' }, (info) => resolve(info.port))
  })
  return { origin: `http://127.0.0.1:${port}`, stop: async () => void server?.close() }
}
