import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CliError } from '../cli-error.js'

/** A server on loopback. */
export interface OpenedServer {
  readonly url: string
  /** Ends all connections at once. */
  close(): Promise<void>
}

/**
 * Listens on 127.0.0.1 alone: what comes from elsewhere comes through a tunnel of the user's.
 *
 * @throws CliError where the port cannot be had
 */
export async function openServer(
  port: number,
  listener: RequestListener,
  onNoHttp: () => void,
): Promise<OpenedServer> {
  const server = createServer(listener)
  server.on('clientError', ({ code }: NodeJS.ErrnoException, socket) => {
    if (code?.startsWith('HPE_')) onNoHttp()
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
      const problem = code === 'EADDRINUSE' ? 'is taken' : `cannot be had (${code})`
      reject(new CliError(`port ${port} ${problem}; choose another with --port, or 0 for any`))
    })
    server.listen(port, '127.0.0.1', resolve)
  })
}
