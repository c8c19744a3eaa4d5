import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import next from 'next'

/** Serves the built application through the request handler of `next start`. */
export async function create() {
  const dir = fileURLToPath(new URL('../next-app/', import.meta.url))
  const app = next({ dev: false, quiet: true, dir, hostname: '127.0.0.1' })
  await app.prepare()
  const handle = app.getRequestHandler()
  return createServer((request, response) => void handle(request, response))
}
