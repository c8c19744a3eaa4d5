import { connect } from 'node:net'
import { readAnswer } from './read-answer.js'

const timeoutMs = 20_000

/**
 * A keep-alive connection that sends one request at a time. It is this simple because a slower client would be the
 * bottleneck and hide the server's speed.
 */
export class Connection {
  #port
  /** @type {import('node:net').Socket | undefined} */
  #socket
  /** @type {Buffer | undefined} */
  #received
  /** @type {((end: number | Error) => void) | undefined} */
  #onEnd

  /** @param {number} port */
  constructor(port) {
    this.#port = port
  }

  /** @returns {Promise<void>} */
  open() {
    return new Promise((resolve) => {
      if (this.#socket) resolve()
      else this.#connect(resolve)
    })
  }

  /**
   * @param {Buffer} request
   * @param {(end: number | Error) => void} onEnd called with the status once the whole answer is there
   */
  send(request, onEnd) {
    this.#onEnd = onEnd
    const socket = this.#socket ?? this.#connect()
    socket.write(request)
  }

  close() {
    this.#socket?.destroy()
    this.#socket = undefined
  }

  /** @param {() => void} [onOpen] */
  #connect(onOpen) {
    const socket = connect({ port: this.#port, host: '127.0.0.1', noDelay: true }, onOpen)
    this.#socket = socket
    socket.setTimeout(timeoutMs, () => socket.destroy(new Error('The server did not answer.')))
    socket.on('error', (error) => this.#end(socket, error))
    socket.on('close', () => this.#end(socket, new Error('The server closed the connection.')))
    socket.on('data', (chunk) => this.#read(socket, chunk))
    return socket
  }

  /**
   * @param {import('node:net').Socket} socket
   * @param {Error} error
   */
  #end(socket, error) {
    if (this.#socket !== socket) return
    this.#socket = undefined
    this.#finish(error)
  }

  /**
   * @param {import('node:net').Socket} socket
   * @param {Buffer} chunk
   */
  #read(socket, chunk) {
    if (this.#socket !== socket) return
    const bytes = this.#received ? Buffer.concat([this.#received, chunk]) : chunk
    const answer = readAnswer(bytes)
    this.#received = answer ? undefined : bytes
    if (!answer) return
    if (answer.isLast) {
      this.#socket = undefined
      // Without a wait for the other side, so that a flood of these does not use up the ports of this machine.
      socket.resetAndDestroy()
    }
    this.#finish(answer.status)
  }

  /** @param {number | Error} end */
  #finish(end) {
    const onEnd = this.#onEnd
    this.#onEnd = undefined
    onEnd?.(end)
  }
}
