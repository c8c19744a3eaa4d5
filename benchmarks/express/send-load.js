import { connect } from 'node:net'

const connections = 16
const sliceTimeoutMs = 20_000
const headEnd = Buffer.from('\r\n\r\n')

/**
 * Sends all deliveries over a few keep-alive connections, on each one after the other. The client is this simple because a
 * slower one would be the bottleneck and hide the server's speed.
 *
 * @param {{ port: number, path: string, load: readonly import('./make-load.js').Delivery[] }} options
 * @returns {Promise<number>} milliseconds
 */
export async function sendLoad({ port, path, load }) {
  const requests = load.map((delivery) => requestBytes(path, delivery))[Symbol.iterator]()
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(port)))
  const start = performance.now()
  try {
    await Promise.all(sockets.map((socket) => sendInTurn(socket, requests)))
    return performance.now() - start
  } finally {
    for (const socket of sockets) socket.destroy()
  }
}

/**
 * @param {import('node:net').Socket} socket
 * @param {IterableIterator<Buffer>} requests
 * @returns {Promise<void>}
 */
function sendInTurn(socket, requests) {
  return new Promise((resolve, reject) => {
    const sendNext = () => {
      const { value, done } = requests.next()
      if (done) resolve()
      else socket.write(value)
    }
    socket.setTimeout(sliceTimeoutMs, () => reject(new Error('The server did not answer.')))
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('The server closed the connection.')))
    socket.on('data', (answer) => {
      // A 204 is only a head, and small enough to arrive in one chunk.
      if (answer.toString('latin1', 9, 12) === '204' && answer.indexOf(headEnd) === answer.length - 4)
        sendNext()
      else reject(new Error(`The server answered ${answer.toString('latin1', 0, 60)}`))
    })
    sendNext()
  })
}

/**
 * @param {string} path
 * @param {import('./make-load.js').Delivery} delivery
 */
function requestBytes(path, { headers, body }) {
  const fields = { host: '127.0.0.1', connection: 'keep-alive', ...headers, 'content-length': body.length }
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.concat([Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1'), body])
}

/**
 * @param {number} port
 * @returns {Promise<import('node:net').Socket>}
 */
function open(port) {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket))
    socket.once('error', reject)
  })
}
