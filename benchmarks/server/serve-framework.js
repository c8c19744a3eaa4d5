// One server with the same route three times, as a separate program, so that the client does not use its processor time.
// profile-route.js runs it under Node's profiler.
import { once } from 'node:events'
import { frameworks } from './frameworks.js'

const name = process.argv[2] ?? ''
const server = await frameworks[name]?.create()
if (!server) throw new Error(`There is no framework "${name}": use ${Object.keys(frameworks).join(', ')}.`)
await once(server.listen(0, '127.0.0.1'), 'listening')
const address = server.address()

process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.({ cpuMs: (user + system) / 1000 })
})
process.on('disconnect', () => process.exit(0))
process.send?.({ port: typeof address === 'object' ? address?.port : undefined })
