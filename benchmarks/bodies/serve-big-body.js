// A separate program: measure-big-bodies.js starts it with --expose-gc, once for each body.
import { setTimeout as wait } from 'node:timers/promises'
import { listen } from './listen.js'

const { port, sockets, until } = await listen(process.argv[2] ?? '')
let idle = { rss: 0, maxRss: 0 }
let peak = 0
setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss())
}, 2).unref()

process.on('message', async (/** @type {{ do: string, bytes: number }} */ command) => {
  if (command.do === 'begin') {
    await until(() => sockets.size === 0)
    for (let round = 0; round < 3; round++) {
      await wait(20)
      globalThis.gc?.()
    }
    idle = { rss: process.memoryUsage.rss(), maxRss: maxRss() }
    peak = idle.rss
    process.send?.({})
  } else if (command.do === 'await bytes') {
    await until(() => [...sockets].some(({ bytesRead }) => bytesRead >= command.bytes))
    process.send?.({})
  } else {
    // The system's own peak misses nothing, but it may be older than the body.
    const highest = maxRss() > idle.maxRss ? maxRss() : peak
    process.send?.({ peak: highest - idle.rss })
  }
})
process.on('disconnect', () => process.exit(0))
process.send?.({ port })

function maxRss() {
  return process.resourceUsage().maxRSS * 1024
}
