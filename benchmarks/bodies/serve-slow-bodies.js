// A separate program: measure-slow-bodies.js starts it with --expose-gc, once for each adapter.
import { setTimeout as wait } from 'node:timers/promises'
import { listen } from './listen.js'

const { port, sockets, until } = await listen(process.argv[2] ?? '')
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
process.send?.({ port })

/** The memory in use after garbage collection. */
async function usedBytes() {
  for (let round = 0; round < 3; round++) {
    await wait(20)
    globalThis.gc?.()
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}
