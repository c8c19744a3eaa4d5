import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'

/** Where requests go. */
export interface Target {
  readonly url: URL
  /** Path and query, as they stand in a request's first line. */
  readonly path: string
}

export function targetOf(url: string | URL): Target {
  const whole = new URL(url)
  return { url: whole, path: `${whole.pathname}${whole.search}` }
}

/** A socket of its own to the target; it says when it is ready with `connect`, or `secureConnect` over TLS. */
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
