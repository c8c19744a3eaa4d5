import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { adapters } from './adapters.js'

/**
 * Starts the server of an adapter.
 *
 * @param {string} name
 */
export async function listen(name) {
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
  return { port: typeof address === 'object' ? address?.port : undefined, sockets, until }
}

/** @param {() => boolean} isThere */
async function until(isThere) {
  const end = Date.now() + 60_000
  while (!isThere()) {
    if (Date.now() > end) throw new Error('The bodies did not arrive within a minute.')
    await wait(5)
  }
}
