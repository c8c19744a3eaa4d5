// Serves the application like `next start`, but finishes running requests and ends with exit code 0.
import { createServer } from 'node:http'
import next from 'next'

const names = [
  'VISISTO_SECRET',
  'FINGERPRINTING_API_SECRET',
  'EMBEDDABLE_SECRET',
  'VISIBUILD_SECRET',
  'SCRATCHER_USERNAME',
  'SCRATCHER_PASSWORD',
]
for (const name of names) {
  if (!process.env[name]) stop(`${name} is not set; set it to the value in the sender's settings.`)
}
const port = Number(process.env.PORT || 3000)
if (!Number.isInteger(port) || port < 0 || port > 65_535) stop('PORT must be a number from 0 to 65535.')

const app = next({ dev: false, quiet: true, hostname: '127.0.0.1', port })
await app.prepare()
const handle = app.getRequestHandler()
const server = createServer((request, response) => void handle(request, response))
server.on('error', (error) => stop(`Cannot listen: ${error.message}`))
server.listen(port, '127.0.0.1', () => {
  const address = server.address()
  if (address && typeof address === 'object') console.log(`listening on http://127.0.0.1:${address.port}`)
})

for (const signal of ['SIGTERM', 'SIGINT']) {
  process.once(signal, () => {
    // Finishes running requests, and closes what is still open after ten seconds. Then handlers may end, too.
    server.close(() => void app.close().then(() => process.exit(0)))
    server.keepAliveTimeout = 1
    setTimeout(() => server.closeAllConnections(), 10_000).unref()
  })
}

/** @type {(reason: string) => never} */
function stop(reason) {
  console.error(reason)
  process.exit(1)
}
