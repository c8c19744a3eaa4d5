import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'

/** Where requests go. */
export interface Target {
  readonly url: URL
  /** Path and query, as in a request line. */
  readonly path: string
}

export function parseTarget(url: string | URL): Target {
  const whole = new URL(url)
  return { url: whole, path: `${whole.pathname}${whole.search}` }
}

/** Opens a socket to the target. `readyEvent` is `connect`, or `secureConnect` over TLS. */
export function openSocket({ url }: Target): { readonly socket: Socket; readonly readyEvent: string } {
  const isTls = url.protocol === 'https:'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const port = Number(url.port || (isTls ? 443 : 80))
  if (!isTls) return { socket: connect({ host, port, noDelay: true }), readyEvent: 'connect' }
  const socket = connectTls({
    host,
    port,
    ALPNProtocols: ['http/1.1'],
    ...(/^[\d.:]+$/.test(host) ? {} : { servername: host }),
  })
  return { socket: socket.setNoDelay(), readyEvent: 'secureConnect' }
}
