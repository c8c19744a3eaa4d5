import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CliError } from '../errors/cli-error.js'

/** A server that listens on 127.0.0.1. */
export interface StartedServer {
  readonly url: string
  /** Stops listening and closes all connections. */
  close(): Promise<void>
}

/**
 * Listens on 127.0.0.1 only, so that nobody on the network reaches it; real senders come through the user's tunnel.
 *
 * @throws CliError if the port is in use or not allowed
 */
export async function startServer(
  port: number,
  listener: RequestListener,
  onInvalidHttp: () => void,
): Promise<StartedServer> {
  const server = createServer(listener)
  server.on('clientError', ({ code }: NodeJS.ErrnoException, socket) => {
    if (code?.startsWith('HPE_')) onInvalidHttp()
    if (!socket.writable) return
    socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')
  })
  await listen(server, port)
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', ({ code }: NodeJS.ErrnoException) => {
      const problem = code === 'EADDRINUSE' ? 'is in use' : `cannot be opened (${code})`
      reject(
        new CliError(`port ${port} ${problem}; choose another with --port, or any free one with --port 0`),
      )
    })
    server.listen(port, '127.0.0.1', resolve)
  })
}
