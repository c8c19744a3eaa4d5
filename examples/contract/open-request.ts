import { connect, type Socket } from 'node:net'

/** Opens a POST request on a plain socket and sends its head, for tests that send the body later or disconnect. */
export function openRequest(url: string, headers: Readonly<Record<string, string>>, body: string): Socket {
  const { hostname, port, pathname } = new URL(url)
  const socket = connect(Number(port), hostname)
  const fields = {
    host: 'localhost',
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    ...headers,
  }
  const lines = Object.entries(fields).map((field) => `${field.join(': ')}\r\n`)
  socket.write(`POST ${pathname} HTTP/1.1\r\n${lines.join('')}\r\n`)
  return socket
}
