// A separate program: measure-bodies.js starts it with --expose-gc, once for each adapter.
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { adapters } from './adapters.js'

const name = process.argv[2] ?? ''
const server = await adapters[name]?.()
if (!server) throw new Error(`There is no adapter "${name}".`)
/** @type {Set<import('node:net').Socket>} */
const sockets = new Set()
server.on('connection', (socket) => {
  sockets.add(socket)
  socket.once('close', () => sockets.delete(socket))
})
await once(server.listen(0, '127.0.0.1'), 'listening')
const address = server.address()
let before = 0
let peak = 0
setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss())
}, 5).unref()

process.on('message', async (/** @type {{ do: 'begin' } | { do: 'measure', bytes: number }} */ command) => {
  if (command.do === 'begin') {
    await until(() => sockets.size === 0)
    before = await usedBytes()
    peak = process.memoryUsage.rss()
    process.send?.({ rss: peak })
    return
  }
  await until(() => [...sockets].reduce((sum, { bytesRead }) => sum + bytesRead, 0) >= command.bytes)
  process.send?.({ held: (await usedBytes()) - before, peak })
})
process.on('disconnect', () => process.exit(0))
process.send?.({ port: typeof address === 'object' ? address?.port : undefined })

/** The memory in use after garbage collection. */
async function usedBytes() {
  for (let round = 0; round < 3; round++) {
    await wait(20)
    globalThis.gc?.()
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

/** @param {() => boolean} isThere */
async function until(isThere) {
  const end = Date.now() + 60_000
  while (!isThere()) {
    if (Date.now() > end) throw new Error('The bodies did not arrive within a minute.')
    await wait(5)
  }
}
