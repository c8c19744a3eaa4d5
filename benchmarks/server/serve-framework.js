// One server with the same route three times, as a separate program, so that the client does not use its processor time.
// profile-route.js runs it under Node's profiler.
import { once } from 'node:events'

// By its name at run time: only the types of Next.js need the DOM, and only its own process may load it.
const { create } = await import(`./frameworks/${process.argv[2]}.js`)
/** @type {import('node:http').Server} */
const server = await create()
await once(server.listen(0, '127.0.0.1'), 'listening')
const address = server.address()

/** @type {Record<string, () => object>} */
const commands = {
  cpu: () => {
    const { user, system } = process.cpuUsage()
    return { cpuMs: (user + system) / 1000 }
  },
  /** After garbage collection, if Node was started with --expose-gc. */
  memory: () => {
    for (let round = 0; round < 3; round++) globalThis.gc?.()
    const { heapUsed, external, rss } = process.memoryUsage()
    return { used: heapUsed + external, rss }
  },
}
process.on('message', (/** @type {{ do: string }} */ command) => process.send?.(commands[command.do]?.()))
process.on('disconnect', () => process.exit(0))
process.send?.({ port: typeof address === 'object' ? address?.port : undefined })
