import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { buildBody } from '../build-body.js'
import { secret } from './adapters.js'

/**
 * A whole request as bytes, which every adapter accepts.
 *
 * @param {number} bytes of the body
 * @param {string} id
 */
export function buildSignedRequest(bytes, id) {
  const body = buildBody(bytes, id)
  const timestamp = Math.floor(Date.now() / 1000)
  const mac = createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex')
  const head = [
    'POST / HTTP/1.1',
    'host: benchmark',
    'content-type: application/json',
    `content-length: ${body.length}`,
    `x-visibuild-signature: sha256=${mac}`,
    `x-visibuild-timestamp: ${timestamp}`,
    `x-visibuild-delivery: ${id}`,
    'x-visibuild-event: ticket.created',
  ]
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body])
}

/**
 * @param {number} port
 * @param {Buffer} request
 * @returns {Promise<() => Promise<number>>} sends the last byte, and resolves to the milliseconds until the answer
 */
export async function sendAllButLastByte(port, request) {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  await once(socket, 'connect')
  await new Promise((resolve) => socket.write(request.subarray(0, -1), resolve))
  return async () => {
    const start = performance.now()
    socket.write(request.subarray(-1))
    const [answer] = await once(socket, 'data')
    const ms = performance.now() - start
    socket.destroy()
    if (!/^HTTP\/1\.1 20[04] /.test(String(answer))) throw new Error(`The server answered: ${answer}`)
    return ms
  }
}
